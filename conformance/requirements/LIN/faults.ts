import { type ConformanceFailure, InconclusiveError } from '../../../client/failures.ts'
import type { StreamClient } from '../../../client/stream-client.ts'
import { evidence } from '../../../client/watch.ts'
import type { CheckContext } from '../../check/context.ts'
import { doubtOf } from '../../history/doubt.ts'
import type { History } from '../../history/operation.ts'
import { recordHistory } from '../../history/record-history.ts'
import type { Mix } from '../../history/workload.ts'
import { expectLinearizable, JUDGED_LATER } from './expect-linearizable.ts'

/** Faults come by chance: where one history has met none that count, another may. */
const HISTORIES = 3
const CLIENTS = 8
const OPERATIONS = 25
/** One over SSE, one over S2S. */
const FOLLOWERS = 2
/** Milliseconds that a follower may be behind once all is quiet; the longest stall is far shorter. */
const PATIENCE_MS = 10_000

const MIX: Mix = { append: 4, session: 1, conditional: 3, fenced: 1, fence: 1, read: 3, checkTail: 2 }

/**
 * The command `history` in short: clients over every kind of transport and followers, all by connections that are delayed,
 * stalled and cut. Whoever was cut off does not know what became of its batch; whatever did must fit what all have seen.
 */
export async function expectLinearizableInFaults(context: CheckContext): Promise<void> {
  for (let left = HISTORIES; ; left--) {
    const doubt = await doubtOfOne(context)
    if (doubt === undefined) return
    if (left === 1) throw new InconclusiveError(doubt)
  }
}

/** Records and judges one history; why it shows nothing, if nothing is wrong in it. */
async function doubtOfOne(context: CheckContext): Promise<string | undefined> {
  const quiet = await context.newStream()
  const { stream, receipts, close } = context.meetingFaults(quiet)
  try {
    const { history, doubt } = await evidence(JUDGED_LATER, () => recorded(context, quiet, stream))
    const faults = receipts()
    const cuts = faults['cut-request'] + faults['cut-answer']
    context.record(`${cuts} cuts, ${faults.stall} stalls and ${faults.delay} delays met an exchange`)
    const came = expectLinearizable(context, history)
    return doubt ?? doubtOf(came, faults, CLIENTS, ['refusals', 'deliveries'])
  } finally {
    await close()
  }
}

async function recorded(
  { transport, random, now, sleep }: CheckContext,
  quiet: StreamClient,
  faulty: StreamClient,
): Promise<{ readonly history: History; readonly doubt: string | undefined }> {
  const unreadable: ConformanceFailure[] = []
  let behind = 0
  const history = await recordHistory({
    streams: (['json', 'protobuf', 'sse', transport] as const).map((each) => faulty.over(each)),
    quiet,
    clients: CLIENTS,
    more: (done) => done < OPERATIONS,
    mix: MIX,
    random,
    now,
    following: {
      followers: FOLLOWERS,
      keepsTrimmed: false,
      sleep,
      patience: PATIENCE_MS,
      onDone: (done) => {
        behind = done.behind
      },
    },
    // An answer that was cut may look like a whole one: nobody is accused of it.
    onUnreadable: (failure) => void unreadable.push(failure),
  })
  const [first] = unreadable
  const unread = first === undefined ? undefined : `an answer could not be read: ${first.message}`
  const stuck = behind === 0 ? undefined : `${behind} followers were not given what had been acknowledged`
  return { history, doubt: unread ?? stuck }
}
