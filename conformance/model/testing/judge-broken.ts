import { type Wire, wire } from '../../../reference-server/http/wire.ts'
import { type Rules, rules } from '../../../reference-server/semantics/rules.ts'
import { createServer } from '../../../reference-server/server.ts'
import { openMemoryStore } from '../../../reference-server/store/memory.ts'
import { createVirtualClock } from '../../defects/virtual-clock.ts'
import { ConformanceFailure } from '../../failures.ts'
import type { Transport } from '../../requirement.ts'
import { createRandom } from '../../run/random.ts'
import { testContext, testTarget } from '../../testing/check-parts.ts'
import type { Property } from '../property.ts'
import type { CreateFront } from './front.ts'

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
  const clock = inRealTime === true ? undefined : createVirtualClock()
  const server = await createServer({
    ...(clock !== undefined && { clock: clock.server }),
    data: { store: await openMemoryStore() },
    rules: broken(rules),
    wire: onWire(wire),
  })
  const origin = await server.start()
  const front = await behind?.(origin)
  const target = testTarget(front?.origin ?? origin, {
    requestSeconds: 5,
    ...(clock !== undefined && { clock: clock.checks }),
  })
  try {
    const more = { profile, random: createRandom(seed) }
    const { context } = testContext(target, transport, more)
    context.expect.ok(await context.account.createBasin(target.sharedBasin), 201)
    await property.requirement.check(context)
    return undefined
  } catch (error) {
    if (!(error instanceof ConformanceFailure)) throw error
    const [, requests] = /^the last of (\d+) requests/.exec(error.finding.asked ?? '') ?? []
    return { requests: Number(requests), failure: error }
  } finally {
    await target.close()
    front?.close()
    await server.stop()
  }
}
