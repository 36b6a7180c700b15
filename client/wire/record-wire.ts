import type { RecordedExchange, RecordedPiece } from './recorded-exchange.ts'
import type { Upload, Wire, WireAnswer } from './wire.ts'

/** A wire that appends what passes over another one to `exchanges`; `now` is the clock of the recording. */
export function recordWire(wire: Wire, exchanges: RecordedExchange[], now: () => number): Wire {
  return {
    close: () => wire.close(),
    async open(request, opening, signal) {
      const exchange: RecordedExchange = { request, opening, uploads: [], head: undefined, pieces: [] }
      exchanges.push(exchange)
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
