import { howMany } from '../../kit/text/how-many.ts'
import type { Upload, Wire } from './wire.ts'

/** What a run may ask of its target, clean-up aside. */
export interface Budget {
  readonly requests?: number
  /** Of bodies, both ways together. */
  readonly bytes?: number
}

/** Counts what goes through the wires of a run, and says when its budget is used up. */
export interface Meter {
  readonly requests: number
  /** Of bodies, before TLS and the framing of HTTP. */
  readonly sent: number
  readonly received: number
  /** The same wire, counted. */
  metered(wire: Wire): Wire
}

/**
 * `onSpent` is told once, with the words for the report, when a request would go beyond the budget or an answer has.
 * That ends the run by its signal; the meter itself holds nothing back, so that clean-up can follow.
 */
export function createMeter(budget: Budget, onSpent: (what: string) => void): Meter {
  let requests = 0
  let sent = 0
  let received = 0
  let isSpent = false
  const check = (): void => {
    const what = spent(budget, requests, sent + received)
    if (what === undefined || isSpent) return
    isSpent = true
    onSpent(what)
  }
  const send = (bytes: Uint8Array | undefined): void => {
    sent += bytes?.length ?? 0
    check()
  }
  const uploadOf = ({ write, end }: Upload): Upload => ({
    write: (bytes) => {
      send(bytes)
      return write(bytes)
    },
    end,
  })
  async function* chunksOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      received += chunk.length
      check()
      yield chunk
    }
  }
  return {
    get requests() {
      return requests
    },
    get sent() {
      return sent
    },
    get received() {
      return received
    },
    metered: (wire) => ({
      async open(request, opening, signal) {
        requests += 1
        send(request.body)
        signal.throwIfAborted()
        const answer = await wire.open(request, opening, signal)
        return { ...answer, chunks: chunksOf(answer.chunks), upload: uploadOf(answer.upload) }
      },
      close: () => wire.close(),
    }),
  }
}

function spent(budget: Budget, requests: number, bytes: number): string | undefined {
  if (requests > (budget.requests ?? Number.POSITIVE_INFINITY))
    return howMany(budget.requests ?? 0, 'requests')
  return bytes > (budget.bytes ?? Number.POSITIVE_INFINITY) ? howMany(budget.bytes ?? 0, 'bytes') : undefined
}
