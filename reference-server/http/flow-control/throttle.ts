import type { FastifyRequest } from 'fastify'
import type { MeteredBytes } from '../../../proto/types.ts'
import type { StreamAddress } from '../../backend/backend.ts'
import type { Clock } from '../../environment.ts'
import { LONGEST_TIMER } from '../../longest-timer.ts'
import type { Withdrawal } from '../../semantics/metrics/token-bucket.ts'
import { type Refusal, refuseForNow } from '../../semantics/refusal.ts'
import type { Limits } from '../../semantics/resources/flavor.ts'
import type { Request } from '../requests/discard-body.ts'
import { Buckets } from './buckets.ts'
import type { SessionEnd } from './session-end.ts'

/** One of the rates that a batch is held to, and what it would be after the batch. */
interface Share {
  readonly buckets: Buckets
  readonly key: string
  readonly withdrawal: Withdrawal
}

/**
 * Resolves when so many bytes of a session may go on; nothing more of it is read meanwhile. At once, when its client has
 * left or the server takes leave.
 */
export type Turn = (size: MeteredBytes, leaving: SessionEnd) => Promise<void>

/** Undefined where there is nothing to hold anybody to. */
export function createThrottle(limits: Limits, clock: Clock): Throttle | undefined {
  const isUnlimited = limits.appendBytes === undefined && limits.appendBatches === undefined
  return isUnlimited ? undefined : new Throttle(limits, clock)
}

/** Holds appends to the rates of the limits (CP-LIM-014, CP-LIM-015, APP-054). */
export class Throttle {
  readonly #clock: Clock
  readonly #batchesPerSecond: number | undefined
  readonly #bytes: Buckets | undefined
  readonly #batches: WeakMap<object, Buckets> = new WeakMap()

  constructor({ appendBytes, appendBatches }: Limits, clock: Clock) {
    this.#clock = clock
    this.#batchesPerSecond = appendBatches
    this.#bytes = appendBytes === undefined ? undefined : new Buckets(appendBytes)
  }

  /** A unary append that would have to wait is refused as `rate_limited`, and counts nothing. */
  admit(request: FastifyRequest, address: StreamAddress, size: MeteredBytes): Refusal | undefined {
    const shares = this.#shares(request, address, size)
    const wait = longestWait(shares)
    if (wait > 0) return refuseForNow('rate_limited', 'this stream takes no more at the moment', wait)
    for (const { buckets, key, withdrawal } of shares) buckets.keep(key, withdrawal)
    return undefined
  }

  /** The turns of a session, one after the other. */
  turns(request: FastifyRequest, address: StreamAddress): Turn {
    return async (size, leaving) => {
      const shares = this.#shares(request, address, size)
      for (const { buckets, key, withdrawal } of shares) buckets.keep(key, withdrawal)
      const wait = Math.min(longestWait(shares), LONGEST_TIMER)
      if (wait === 0 || leaving.has()) return
      const { promise, resolve } = Promise.withResolvers<void>()
      const cancel = this.#clock.timer(wait, resolve)
      const unsubscribe = leaving.subscribe(resolve)
      await promise
      cancel()
      unsubscribe()
    }
  }

  #shares(request: FastifyRequest, { basin, stream }: StreamAddress, size: MeteredBytes): readonly Share[] {
    const now = this.#clock.now()
    // No name contains NUL.
    const key = `${basin}\0${stream}`
    const shares: Share[] = []
    const batches = this.#batchesOf(request)
    if (batches !== undefined) shares.push({ buckets: batches, key, withdrawal: batches.ask(key, 1, now) })
    const bytes = this.#bytes
    if (bytes !== undefined) {
      shares.push({ buckets: bytes, key, withdrawal: bytes.ask(key, Number(size), now) })
    }
    return shares
  }

  #batchesOf({ raw }: FastifyRequest): Buckets | undefined {
    if (this.#batchesPerSecond === undefined) return undefined
    const connection = connectionOf(raw)
    const known = this.#batches.get(connection)
    if (known !== undefined) return known
    const buckets = new Buckets(this.#batchesPerSecond)
    this.#batches.set(connection, buckets)
    return buckets
  }
}

const longestWait = (shares: readonly Share[]): number =>
  Math.max(0, ...shares.map(({ withdrawal }) => withdrawal.wait))

/** Requests of one HTTP/2 session have each a stream of their own, and the session in common. */
function connectionOf(request: Request): object {
  return 'stream' in request ? (request.stream.session ?? request.stream) : request.socket
}
