import type { AccountClient } from '../../client/account-client.ts'
import { createAccountClient } from '../../client/clients/account.ts'
import { type Connections, createExchange } from '../../client/exchange.ts'
import { eventually, untilServed } from '../../client/run/eventually.ts'
import type { RunTarget } from '../../client/run/run-target.ts'
import type { StorageSwitch } from '../../client/storage-switch.ts'
import type { Recorder } from '../../client/transcript.ts'
import type { Transport } from '../../client/transport.ts'
import type { Watch } from '../../client/watch.ts'
import { type Clock, sleep } from '../../kit/clock.ts'
import { createRandom } from '../../kit/random.ts'
import type { Timeline } from '../../reports/timeline.ts'
import type { CheckContext } from '../check/context.ts'
import { createExpect } from '../check/expect.ts'
import type { JudgedProfile } from '../check/profile.ts'
import { createStreamExpect, type Eventually } from '../check/stream-expect.ts'
import { createLifecycle } from './create-lifecycle.ts'

export interface CheckParts {
  readonly transport: Transport
  readonly recorder: Recorder
  /** Ends every exchange and every wait of the check. */
  readonly signal: AbortSignal
  readonly clock: Clock
  readonly profile: JudgedProfile
  readonly thorough: boolean
  readonly random: () => number
  readonly record: (observation: string) => void
  /** Told of everything that the check looks at. */
  readonly onLook?: () => void
  /** Adds seconds to what the check may take. */
  readonly allow: (seconds: number) => void
  readonly attach: (name: string, content: string) => void
  readonly draw: (timeline: Timeline) => void
  /** Sees, and may alter, what comes from the target. */
  readonly watch?: Watch | undefined
}

const refuse = (): never => {
  throw new Error('a check that does not need `storage` used it')
}

/** A context may be copied, member by member: what is missing is refused when it is used, and not when it is read. */
const NO_STORAGE: StorageSwitch = {
  set: refuse,
  get held() {
    return refuse()
  },
  get struck() {
    return refuse()
  },
}

/** What one check may use, on one transport. */
export function createContext(target: RunTarget, parts: CheckParts): CheckContext {
  const { transport, recorder, signal, clock, random, record, onLook, attach, draw, allow, watch } = parts
  const { inventory, connections, capabilities } = target
  const clientBy = (by: Connections): AccountClient =>
    createAccountClient({
      exchange: createExchange(by, recorder, signal),
      inventory,
      sessionHttp: capabilities.has('http2') ? '2' : '1.1',
    })
  const underWatch = (client: AccountClient, name: string): AccountClient =>
    watch === undefined ? client : watch.over(client, name)
  const unwatched = clientBy(connections)
  const account = underWatch(unwatched, 'account')
  const basin = account.basin(target.sharedBasin)
  const judging = createExpect(record, onLook)
  // To make what a check works with is not to look at what it is about.
  const making = createExpect(record)
  const waiting: Eventually = (what, seconds, attempt) => {
    allow(seconds)
    onLook?.()
    const watchedAttempt = watch === undefined ? attempt : () => watch.attempt(attempt)
    return eventually({ what, seconds, attempt: watchedAttempt, clock, signal })
  }

  return {
    transport,
    profile: parts.profile,
    thorough: parts.thorough,
    expect: { ...judging, ...createStreamExpect(judging, waiting) },
    account,
    basin,
    random,
    record,
    attach,
    draw,
    lifecycle: createLifecycle(target, recorder, signal),
    storage: target.launcher.storage ?? NO_STORAGE,
    meetingFaults({ name, transport: over }) {
      const { receipts, close, ...wires } = connections.faulty(
        createRandom(Math.floor(random() * 2 ** 32)),
        clock,
      )
      const faulty = underWatch(clientBy({ ...connections, ...wires }), 'faulty')
      return { stream: faulty.basin(basin.name).stream(name, over), receipts, close }
    },
    newBasinName: () => inventory.newBasinName(),
    newStreamName: () => inventory.newStreamName(),
    newTokenIds: (...suffixes) => inventory.newTokenIds(suffixes),
    newTokenIdOf: (length) => inventory.newTokenIdOf(length),
    now: () => clock.now(),
    sleep: (milliseconds) => sleep(clock, milliseconds, signal),
    async newStream(config) {
      const name = inventory.newStreamName()
      making.ok(await unwatched.basin(basin.name).createStream(name, config), 201)
      return basin.stream(name, transport)
    },
    async newBasin(config) {
      const name = inventory.newBasinName()
      making.status(await unwatched.createBasin(name, config), 201)
      if (target.basinsTakeTime) await untilServed(unwatched.basin(name), clock, signal)
      return account.basin(name)
    },
    eventually: waiting,
  }
}
