import type { AccountClient } from '../../client/account-client.ts'
import type { BasinClient } from '../../client/basin-client.ts'
import type { StreamClient } from '../../client/stream-client.ts'
import type { Transport } from '../../client/transport.ts'
import type { CheckContext } from '../check/context.ts'
import type { Expect } from '../check/expect.ts'
import type { Follower } from './follower.ts'
import type { World } from './world.ts'

/** The target as one sequence of steps meets it. */
export interface Target {
  readonly transport: Transport
  readonly account: AccountClient
  readonly basin: BasinClient
  /** One client for each of the sequence's names. */
  readonly streams: readonly StreamClient[]
  readonly expect: Expect
  readonly eventually: CheckContext['eventually']
  readonly record: CheckContext['record']
  /** Milliseconds since 1970 by the server's clock, within a minute. */
  now(): bigint
}

/** A sequence under way: what the target may be by now, and the sessions that are open. */
export interface Run extends Target {
  worlds: readonly World[]
  readonly followers: Follower[]
}

/** One answer that is allowed, whether it is the one that came, and what the target then is. */
export interface Possibility {
  readonly expected: unknown
  readonly fits: boolean
  readonly after: World
}

/** A request that was answered, beside everything that it might have been answered with. */
export interface Answered {
  readonly asked: string | undefined
  readonly came: unknown
  readonly possibilities: readonly Possibility[]
}
