import type { ConformanceFailure } from '../../client/failures.ts'
import type { StreamClient } from '../../client/stream-client.ts'
import type { Random } from '../../kit/random.ts'
import { runClient } from './client.ts'
import { Follower, type FollowerParts } from './follower.ts'
import type { History } from './operation.ts'
import { OperationLog } from './operation-log.ts'
import { readLog, readTrimmedLog, tailOf } from './read-log.ts'
import type { Mix } from './workload.ts'

export interface Recording {
  /** The same, fresh stream over the transports that the clients take in turn. */
  readonly streams: readonly StreamClient[]
  readonly clients: number
  /** Whether a client that has done this many operations, one after another, does a further one. */
  readonly more: (done: number) => boolean
  readonly mix: Mix
  readonly random: Random
  /** A monotonic clock, the same for all clients. */
  readonly now: () => number
  /** Waited for after an operation without an answer, so that clients do not hammer a target that is down. */
  readonly recovered?: () => Promise<void>
  readonly following?: Following
  /** The same stream by a way without faults, for the log; absent, the first of the streams. */
  readonly quiet?: StreamClient
  readonly onUnreadable?: (failure: ConformanceFailure) => void
}

export interface Following {
  /** Clients that follow the stream from its beginning, over SSE and S2S in turn. */
  readonly followers: number
  /** One more, by the quiet way: what it has been given may be trimmed, and stands in for what is gone. */
  readonly keepsTrimmed: boolean
  readonly sleep: (milliseconds: number) => Promise<void>
  /** Longest wait, once all is quiet, for followers that are behind. */
  readonly patience: number
  /** Told how many sessions there were, and how many followers were still behind in the end. */
  readonly onDone: (done: { readonly sessions: number; readonly behind: number }) => void
}

/** Runs the clients at once, waits for all of them, and reads the log. */
export async function recordHistory(recording: Recording): Promise<History> {
  const { clients, streams, following, onUnreadable, recovered, more, mix, random } = recording
  const [first] = streams
  if (first === undefined) throw new RangeError('a history needs a stream')
  const { quiet = first } = recording
  const notebook = new OperationLog(recording.now)
  const shared: Shared = { notebook, ...(onUnreadable !== undefined && { onUnreadable }) }
  const followers = following === undefined ? [] : followersOf(following, clients, first, shared)
  const scribe = following?.keepsTrimmed
    ? followerOf(following, quiet.over('s2s'), clients + followers.length, shared)
    : undefined
  const all = scribe === undefined ? followers : [...followers, scribe]
  const run = Promise.all(all.map((follower) => follower.run()))
  try {
    const writers = Array.from({ length: clients }, (_, client) =>
      runClient({
        client,
        stream: streams[client % streams.length] ?? first,
        notebook,
        mix,
        random,
        more,
        trimmable: () => scribe?.next ?? 0n,
        ...(recovered !== undefined && { recovered }),
        ...(onUnreadable !== undefined && { onUnreadable }),
      }),
    )
    await Promise.race([Promise.all(writers), run.then(() => Promise.all(writers))])
    if (following !== undefined) await finish(following, all, run, quiet)
  } finally {
    for (const follower of all) follower.stop()
  }
  await run
  const { operations } = notebook
  const log = scribe === undefined ? await readLog(quiet) : await readTrimmedLog(quiet, scribe.records)
  return { operations, log }
}

const TRANSPORTS = ['sse', 's2s'] as const

/** Parts that all followers of a history share. */
type Shared = Pick<FollowerParts, 'notebook' | 'onUnreadable'>

function followersOf(
  following: Following,
  clients: number,
  stream: StreamClient,
  shared: Shared,
): readonly Follower[] {
  return Array.from({ length: following.followers }, (_, index) => {
    const transport = TRANSPORTS[index % TRANSPORTS.length] ?? 'sse'
    return followerOf(following, stream.over(transport), clients + index, shared)
  })
}

const REOPEN_MS = 10

const followerOf = ({ sleep }: Following, stream: StreamClient, client: number, shared: Shared): Follower =>
  new Follower({ ...shared, stream, client, pause: () => sleep(REOPEN_MS) })

/** Everybody is quiet: followers get to the tail, or are left behind it. */
async function finish(
  { sleep, patience, onDone }: Following,
  followers: readonly Follower[],
  run: Promise<unknown>,
  quiet: StreamClient,
): Promise<void> {
  const { seqNum: tail } = await tailOf(quiet)
  for (const follower of followers) follower.finishAt(tail)
  await Promise.race([run, sleep(patience)])
  const sessions = followers.reduce((sum, follower) => sum + follower.sessions, 0)
  onDone({ sessions, behind: followers.filter(({ next }) => next < tail).length })
}
