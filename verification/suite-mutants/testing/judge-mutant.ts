import { setImmediate } from 'node:timers/promises'
import { ConformanceFailure } from '../../../client/failures.ts'
import type { Transport } from '../../../client/transport.ts'
import type { Property } from '../../../conformance/model/property.ts'
import type { CreateFront } from '../../../conformance/model/testing/front.ts'
import { testContext, testTarget } from '../../../conformance/testing/check-parts.ts'
import { realClock } from '../../../kit/clock.ts'
import { createRandom } from '../../../kit/random.ts'
import { systemClock } from '../../../reference-server/environment.ts'
import { type Wire, wire } from '../../../reference-server/http/wire.ts'
import { type Rules, rules } from '../../../reference-server/semantics/rules.ts'
import { createServer } from '../../../reference-server/server.ts'
import { openMemoryStore } from '../../../reference-server/store/memory.ts'
import type { SharedClock } from '../shared-clock.ts'
import { createVirtualClock, happened } from '../virtual-clock.ts'

/** A rule of the server, replaced in the server alone. */
export type Break = (healthy: Rules) => Rules

export interface Judging {
  readonly transport?: Transport
  readonly seed?: number
  readonly profile?: 's2-lite' | 'core'
  /** A mistake of the wire, in place of one of the rules or beside it. */
  readonly onWire?: (healthy: Wire) => Wire
  /** A mistake of something that stands before the server. */
  readonly behind?: CreateFront
  /** Waits take their time: for a property that waits a millisecond often and a second never. */
  readonly inRealTime?: true
}

export interface Found {
  /** Of the smallest sequence that shows it. */
  readonly requests: number
  readonly failure: ConformanceFailure
}

/**
 * Real waits, each of which ends only once nothing happens in this process: what was sent before it has been read. The time
 * does not move, so that how far a case is shrunk does not depend on how fast the machine is.
 */
const realWaits: SharedClock = {
  checks: {
    now: () => 0,
    after(milliseconds, fire) {
      let isCancelled = false
      const cancel = realClock.after(milliseconds, async () => {
        for (let calm = 0; calm < CALM_TURNS; ) {
          const before = happened()
          await setImmediate()
          calm = happened() === before ? calm + 1 : 0
        }
        if (!isCancelled) fire()
      })
      return () => {
        isCancelled = true
        cancel()
      }
    },
  },
  server: systemClock,
}

/** Turns of the event loop. */
const CALM_TURNS = 5

/** What the property finds of a server with this mistake, in as many cases as a default run has; undefined if nothing. */
export async function judgeBroken(
  property: Property,
  broken: Break,
  {
    transport = 'json',
    seed = 1,
    profile = 's2-lite',
    onWire = (healthy) => healthy,
    behind,
    inRealTime,
  }: Judging = {},
): Promise<Found | undefined> {
  // What waits for a trim, or for what does not come, does not wait in earnest.
  const clock = inRealTime === true ? realWaits : createVirtualClock()
  const server = await createServer({
    clock: clock.server,
    data: { store: await openMemoryStore() },
    rules: broken(rules),
    wire: onWire(wire),
  })
  const origin = await server.start()
  const front = await behind?.(origin)
  const target = testTarget(front?.origin ?? origin, { requestSeconds: 60, clock: clock.checks })
  try {
    const more = { profile, random: createRandom(seed) }
    const { context } = testContext(target, transport, more)
    context.expect.ok(await context.account.createBasin(target.sharedBasin), 201)
    await property.requirement.check(context)
    return undefined
  } catch (error) {
    if (!(error instanceof ConformanceFailure)) throw error
    const [, requests] = /^the last of (\d+) requests/.exec(error.finding.request ?? '') ?? []
    return { requests: Number(requests), failure: error }
  } finally {
    await target.close()
    front?.close()
    await server.stop()
  }
}
