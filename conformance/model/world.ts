import type { Refusal } from '../../reference-server/semantics/refusal.ts'
import type { BasinConfig, ResolvedStreamConfig } from '../../reference-server/semantics/resources/config.ts'
import { UNSET_STREAM_CONFIG } from '../../reference-server/semantics/resources/config.ts'
import { judgeStream, type StreamOperation } from '../../reference-server/semantics/resources/existence.ts'
import { type Flavor, HOSTED, LITE } from '../../reference-server/semantics/resources/flavor.ts'
import { type CreationKey, newStream } from '../../reference-server/semantics/resources/provision.ts'
import type { JudgedProfile } from '../check/profile.ts'
import { FRESH, type Oracle } from './oracle.ts'

/** A stream that is there. */
export interface LiveStream extends Oracle {
  readonly config: ResolvedStreamConfig
  readonly key: CreationKey | undefined
}

/** One of the sequence's names. A deletion that was accepted may be over at any time, of which the next answer tells. */
export type Slot =
  | { readonly is: 'absent' }
  | { readonly is: 'live'; readonly stream: LiveStream }
  | { readonly is: 'deleting' }

/** One thing that the server may be, after all that it has answered: most often there is only one. */
export interface World {
  readonly flavor: Flavor
  readonly basin: BasinConfig
  readonly slots: readonly Slot[]
}

/** Returns the oracle's flavors: that of the profile, and both where the target may be of either. */
export function flavorsOf(profile: JudgedProfile): readonly Flavor[] {
  switch (profile) {
    case 'hosted':
      return [HOSTED]
    case 's2-lite':
    case 'core and lite':
      return [LITE]
    case 'core':
    case 'durability':
      return [LITE, HOSTED]
  }
}

/** The rows of tier `lite` hold to the letter; elsewhere the documents leave a choice. */
export const isExact = ({ flavor }: World): boolean => flavor === LITE

export const slotOf = ({ slots }: World, index: number): Slot => slots[index] ?? { is: 'absent' }

export const withSlot = (world: World, index: number, slot: Slot): World => ({
  ...world,
  slots: world.slots.map((other, at) => (at === index ? slot : other)),
})

export const withStream = (world: World, index: number, stream: LiveStream): World =>
  withSlot(world, index, { is: 'live', stream })

/** The stream as the oracle of a step begins with it: a name that is not there has nothing and no fence. */
export function streamOf(world: World, index: number): Oracle {
  const slot = slotOf(world, index)
  return slot.is === 'live' ? slot.stream : FRESH
}

/** How a stream may be met: refused for what it is, made by the request, or there. */
export type Meeting =
  | { readonly met: 'refused'; readonly refusal: Refusal; readonly world: World }
  | ({ readonly met: 'made' } & Found)
  | ({ readonly met: 'there' } & Found)

interface Found {
  readonly stream: LiveStream
  readonly world: World
  /** The world in which the request has made nothing. */
  readonly before: World
}

/** All the ways in which this operation may meet the stream: a deletion runs, or is over. */
export function meet(world: World, index: number, operation: StreamOperation): readonly Meeting[] {
  if (slotOf(world, index).is !== 'deleting') return meetIn(world, index, operation)
  const gone = meetIn(withSlot(world, index, { is: 'absent' }), index, operation)
  return [
    ...meetIn(world, index, operation),
    ...(looksAhead(world, operation) ? gone.map((meeting) => ({ ...meeting, world })) : gone),
  ]
}

/**
 * Of a deletion that is over but not durable yet s2-lite tells those who would change the stream, as they look in a
 * transaction; to those who only look the stream is still being deleted. Their answer ends nothing.
 */
const looksAhead = (world: World, operation: StreamOperation): boolean =>
  isExact(world) && (operation === 'reconfigure-stream' || operation === 'delete-stream')

function meetIn(world: World, index: number, operation: StreamOperation): readonly Meeting[] {
  const slot = slotOf(world, index)
  const found = slot.is === 'absent' ? undefined : { deleting: slot.is === 'deleting' }
  const basin = { deleting: false, config: world.basin }
  const judgement = judgeStream(operation, found, basin, world.flavor)
  if (typeof judgement === 'object') return [{ met: 'refused', refusal: judgement, world }]
  if (slot.is === 'live') return [{ met: 'there', stream: slot.stream, world, before: world }]
  if (judgement === 'proceed') return []
  const stream = emptyStream(world)
  return [{ met: 'made', stream, world: withStream(world, index, stream), before: world }]
}

/** A stream that a request on its records has made: nobody has asked for any configuration (CP-STR-025). */
function emptyStream({ basin, flavor }: World): LiveStream {
  const { config } = newStream(UNSET_STREAM_CONFIG, basin, flavor.systemConfig)
  return { ...FRESH, config, key: undefined }
}
