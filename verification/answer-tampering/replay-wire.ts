import { TargetError } from '../../client/target-error.ts'
import type { RecordedExchange } from '../../client/wire/recorded-exchange.ts'
import type { Wire, WireAnswer, WireRequest } from '../../client/wire/wire.ts'
import type { Clock } from '../../kit/clock.ts'
import { keyOf, type Recording } from './recording.ts'
import type { Schedule } from './schedule.ts'

/** The check asked for something that the recording does not hold: what would have come, only a server knows. */
export class Diverged extends Error {
  constructor(what: string) {
    super(`the recording does not say ${what}`)
    this.name = 'Diverged'
  }
}

/** What a replay is told to do when it cannot go on. */
export type OnDiverged = (diverged: Diverged) => void

/** A wire without a server: what was recorded comes again, in the order and at the moments of the recording. */
export function replayWire(recording: Recording, schedule: Schedule, onDiverged: OnDiverged): Wire {
  const waiting = Map.groupBy(recording.exchanges, ({ request, opening }) => keyOf(request, opening))
  const left = new Map([...waiting].map(([key, exchanges]) => [key, [...exchanges]]))
  const give = (exchanges: RecordedExchange[], request: WireRequest): RecordedExchange | undefined => {
    const index = exchanges.findIndex((exchange) => sameBody(exchange.request.body, request.body))
    return index < 0 ? undefined : exchanges.splice(index, 1)[0]
  }
  return {
    close: () => Promise.resolve(),
    async open(request, opening, signal) {
      const key = keyOf(request, opening)
      const exchange = give(left.get(key) ?? [], request) ?? lastAnswer(waiting.get(key) ?? [], request)
      if (exchange?.head === undefined)
        return await giveUp(`the answer to ${request.method} ${request.path}`, onDiverged)
      const { head } = exchange
      await schedule.until(head.at)
      signal.throwIfAborted()
      if ('error' in head) throw head.error
      return replayAnswer(exchange, head, schedule, onDiverged)
    },
  }
}

/** Asked once more, a GET is answered as before. */
function lastAnswer(
  exchanges: readonly RecordedExchange[],
  { method }: WireRequest,
): RecordedExchange | undefined {
  const last = method === 'GET' ? exchanges.at(-1) : undefined
  return last?.pieces.at(-1)?.came.kind === 'end' ? last : undefined
}

/** Never comes back: the run is over. */
function giveUp(what: string, onDiverged: OnDiverged): Promise<never> {
  onDiverged(new Diverged(what))
  return new Promise(() => {})
}

function replayAnswer(
  { uploads, pieces }: RecordedExchange,
  { status, headers }: { readonly status: number; readonly headers: Readonly<Record<string, string>> },
  schedule: Schedule,
  onDiverged: OnDiverged,
): WireAnswer {
  const expected = Buffer.concat(uploads)
  const upload = { length: 0, ended: false }
  const cut = Promise.withResolvers<never>()
  cut.promise.catch(() => {})
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (const { at, uploaded, uploadEnded, came } of pieces) {
      const ready = (): boolean => upload.length >= uploaded && (upload.ended || !uploadEnded)
      await Promise.race([schedule.until(at, ready), cut.promise])
      if (came.kind === 'end') return
      if (came.kind === 'error') throw came.error
      yield came.bytes
    }
    await Promise.race([giveUp('what comes next in a session', onDiverged), cut.promise])
  }
  return {
    status,
    headers,
    chunks: chunks(),
    cancel: () => cut.reject(new TargetError('cut', 'the connection was cut by the check')),
    upload: {
      async write(bytes) {
        const end = upload.length + bytes.length
        if (!sameBody(expected.subarray(upload.length, end), bytes)) {
          await giveUp('the answer to what is uploaded', onDiverged)
        }
        upload.length = end
      },
      end() {
        upload.ended = true
      },
    },
  }
}

function sameBody(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  return one === undefined || other === undefined ? one === other : Buffer.compare(one, other) === 0
}

/** A clock whose sleeps are over when they were in the recording, and further ones after their time. */
export function replayClock(recording: Recording, schedule: Schedule): Clock {
  const left = [...recording.sleeps]
  return {
    now: () => schedule.now,
    after(milliseconds, fire) {
      const index = left.findIndex((sleep) => sleep.milliseconds === milliseconds)
      const recorded = index < 0 ? undefined : left.splice(index, 1)[0]
      const at = Math.max(recorded?.at ?? 0, schedule.now + milliseconds)
      let isWanted = true
      void schedule
        .until(Number.isFinite(at) ? at : schedule.now + milliseconds)
        .then(() => isWanted && fire())
      return () => {
        isWanted = false
      }
    },
  }
}
