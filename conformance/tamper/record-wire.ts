import type { Clock } from '../clock.ts'
import type { Upload, Wire, WireAnswer } from '../target/wire/wire.ts'
import type { RecordedExchange, RecordedPiece, Recording } from './recording.ts'

/** A wire that writes down what comes over another one. */
export function recordWire(wire: Wire, recording: Recording, now: () => number): Wire {
  return {
    close: () => wire.close(),
    async open(request, opening, signal) {
      const exchange: RecordedExchange = { request, opening, uploads: [], head: undefined, pieces: [] }
      recording.exchanges.push(exchange)
      try {
        const answer = await wire.open(request, opening, signal)
        exchange.head = { at: now(), status: answer.status, headers: answer.headers }
        return recordAnswer(answer, exchange, now)
      } catch (error) {
        exchange.head = { at: now(), error }
        throw error
      }
    },
  }
}

function recordAnswer(answer: WireAnswer, exchange: RecordedExchange, now: () => number): WireAnswer {
  let uploaded = 0
  let uploadEnded = false
  const note = (came: RecordedPiece['came']): void =>
    void exchange.pieces.push({ at: now(), uploaded, uploadEnded, came })
  const upload: Upload = {
    write(bytes) {
      uploaded += bytes.length
      exchange.uploads.push(bytes.slice())
      return answer.upload.write(bytes)
    },
    end() {
      uploadEnded = true
      answer.upload.end()
    },
  }
  async function* chunks(): AsyncGenerator<Uint8Array> {
    try {
      for await (const bytes of answer.chunks) {
        note({ kind: 'chunk', bytes })
        yield bytes
      }
      note({ kind: 'end' })
    } catch (error) {
      note({ kind: 'error', error })
      throw error
    }
  }
  return { ...answer, upload, chunks: chunks(), cancel: () => answer.cancel() }
}

/** A clock that writes down when its sleeps were over. */
export function recordClock(clock: Clock, recording: Recording, now: () => number): Clock {
  return {
    now,
    after(milliseconds, fire) {
      const sleep = { milliseconds, at: Number.POSITIVE_INFINITY }
      recording.sleeps.push(sleep)
      return clock.after(milliseconds, () => {
        sleep.at = now()
        fire()
      })
    },
  }
}
