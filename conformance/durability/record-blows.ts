import type { StreamClient } from '../../client/stream-client.ts'
import type { CheckContext } from '../context.ts'
import type { History } from '../history/operation.ts'
import { recordHistory } from '../history/record-history.ts'
import type { Mix } from '../history/workload.ts'
import { type DisruptOptions, disrupt } from './disrupt.ts'
import { follow } from './follower.ts'
import type { ProcessFault } from './moment.ts'
import { writeSessions } from './session-writer.ts'
import { createSurvivor } from './survivor.ts'
import { Witness } from './witness.ts'

const UNARY_CLIENTS = 6
const SESSIONS = 2
/** Numbers of the clients beside those that write their own history. */
const SESSION_CLIENT = 100
const FOLLOWER = 200
const MIX: Mix = { append: 6, conditional: 2, fenced: 1, fence: 1, read: 2, checkTail: 2 }

export interface Recorded {
  readonly stream: StreamClient
  readonly history: History
  readonly kills: number
  readonly pauses: number
}

export interface RecordOptions extends DisruptOptions {
  /** See `WriterParts`. */
  readonly patienceSeconds?: number
  /** Fresh; absent, one is made in the shared basin. */
  readonly stream?: StreamClient
  /** Of the unary clients. */
  readonly mix?: Mix
}

/**
 * Clients at work on one fresh stream, unary, in pipelined sessions and following, while one blow after another meets the
 * target; then its whole log. What happened before and after a blow is one history.
 */
export async function recordBlows(
  context: CheckContext,
  blows: readonly ProcessFault[],
  options: RecordOptions = {},
): Promise<Recorded> {
  const { newStream, random, now } = context
  const stream = options.stream ?? (await newStream())
  const witness = new Witness(now)
  const disruption = disrupt(context, witness, blows, options)
  const survivor = createSurvivor(
    () => !disruption.isOver,
    () => disruption.recovered(),
  )
  const common = { witness, random, survivor, now, ...options }
  let othersAtWork = true
  const others = Promise.all([
    disruption.run(),
    ...Array.from({ length: SESSIONS }, (_, index) =>
      writeSessions({ ...common, stream: stream.over('s2s'), client: SESSION_CLIENT + index }),
    ),
    ...(['s2s', 'sse'] as const).map((transport, index) =>
      follow({ ...common, stream: stream.over(transport), client: FOLLOWER + index }),
    ),
  ]).finally(() => {
    othersAtWork = false
  })
  const [history] = await Promise.all([
    recordHistory({
      streams: (['json', 'protobuf', 's2s'] as const).map((transport) => stream.over(transport)),
      clients: UNARY_CLIENTS,
      mix: options.mix ?? MIX,
      random,
      now,
      // The log is read when these end, and then nobody may be at work any more.
      more: () => othersAtWork,
      recovered: () => disruption.recovered(),
    }),
    others,
  ])
  return {
    stream,
    history: { operations: [...history.operations, ...witness.operations], log: history.log },
    kills: disruption.kills,
    pauses: disruption.pauses,
  }
}
