import { ConformanceFailure } from '../../client/failures.ts'
import type { Cut } from '../../client/launch/launcher.ts'
import type { Names } from '../../client/power/disk.ts'
import type { StreamClient } from '../../client/stream-client.ts'
import type { Random } from '../../kit/random.ts'
import type { CheckContext, WatchedInstance } from '../check/context.ts'
import type { History, Operation, Seen } from '../history/operation.ts'
import { seen } from '../history/perform.ts'
import { pickBetween } from '../history/random.ts'
import { type CrashCounts, judgeCrash } from './judge-crash.ts'
import type { ProcessFault } from './moment.ts'
import { recordBlows } from './record-blows.ts'

/** What became of one cut. */
export interface CutResult extends Cut {
  readonly disk: Names
  readonly counts: CrashCounts
  /** What is not as it was promised; undefined where all is. */
  readonly broken: string | undefined
}

interface Mark {
  readonly place: number
  readonly at: number
}

const BASIN_SECONDS = 30

/**
 * Clients at work on a target whose disk is watched; then, for each of the moments, the same target on what a power cut
 * of that moment would have left on these disks: nothing but what had been synced by then. What clients had been told by then must hold.
 */
export async function cutPower(
  context: CheckContext,
  blows: readonly ProcessFault[],
  disks: (cut: number) => readonly Names[],
): Promise<readonly CutResult[]> {
  const instance = await context.lifecycle.watch()
  try {
    const { history, marks, stream } = await work(context, instance, blows)
    await instance.watched.kill()
    const results: CutResult[] = []
    for (const [index, mark] of marks.entries()) {
      const told = toldBy(mark.at, history)
      for (const disk of disks(index)) {
        const cut = await instance.cut(mark.place, disk)
        results.push({ ...cut, disk, ...(await judge(context, instance, stream, told)) })
      }
    }
    return results
  } finally {
    await instance.dispose()
  }
}

interface Work {
  readonly history: Pick<History, 'operations'>
  readonly marks: readonly Mark[]
  readonly stream: { readonly basin: string; readonly name: string }
}

async function work(
  context: CheckContext,
  instance: WatchedInstance,
  blows: readonly ProcessFault[],
): Promise<Work> {
  const { watched } = instance
  const why = await watched.start()
  if (why !== undefined) throw new Error(`the target does not start under strace: ${why}`)
  const basin = watched.account.basin(context.newBasinName())
  const name = context.newStreamName()
  await context.eventually('the watched target has a basin', BASIN_SECONDS, async () => {
    const { status } = await watched.account.createBasin(basin.name)
    return status === 201 || status === 200 ? true : undefined
  })
  context.expect.ok(await basin.createStream(name), 201)
  const marks: Mark[] = []
  // First the time, then the place: what had been answered by that time stands before that place.
  const mark = (): void => void marks.push({ at: context.now(), place: instance.mark() })
  const { history } = await recordBlows(context, blows, { stream: basin.stream(name), mark })
  return { history, marks, stream: { basin: basin.name, name } }
}

/** What was known at that time: what came later has not been told, and what was sent later has not been sent. */
function toldBy(at: number, { operations }: Pick<History, 'operations'>): readonly Operation[] {
  return operations.flatMap((operation) => {
    if (operation.called > at) return []
    if (operation.returned <= at) return [operation]
    return operation.did.action === 'append'
      ? [{ ...operation, returned: Number.POSITIVE_INFINITY, got: { outcome: 'unknown' } as const }]
      : []
  })
}

async function judge(
  context: CheckContext,
  { revived }: WatchedInstance,
  { basin, name }: Work['stream'],
  operations: readonly Operation[],
): Promise<Pick<CutResult, 'counts' | 'broken'>> {
  const none: CrashCounts = { operations: operations.length, acked: 0, unknown: 0, refused: 0 }
  try {
    const why = await revived.start()
    if (why !== undefined) return { counts: none, broken: `the target does not start on it: ${why}` }
    const stream: StreamClient = revived.account.basin(basin).stream(name)
    const log = await readLog(context, stream)
    return { counts: judgeCrash(context, { operations, log }), broken: undefined }
  } catch (error) {
    if (!(error instanceof ConformanceFailure)) throw error
    return { counts: none, broken: error.message }
  } finally {
    await revived.kill()
  }
}

/** All that is there; nobody writes to it any more. */
async function readLog({ expect }: CheckContext, stream: StreamClient): Promise<readonly Seen[]> {
  const log: Seen[] = []
  const { seqNum: tail } = expect.ok(await stream.checkTail())
  while (BigInt(log.length) < tail) {
    const from = BigInt(log.length)
    const { records } = expect.ok(await stream.read({ seqNum: from, count: tail - from }))
    expect.that(records.length > 0, `records from ${from} on, below the tail ${tail}`, records.length)
    log.push(...records.map(seen))
  }
  return log
}

/** So many cuts, each a few acknowledged batches after the one before. */
export const planCuts = (random: Random, count: number): readonly ProcessFault[] =>
  Array.from({ length: count }, () => ({
    at: { when: 'acked', count: pickBetween(random, 1, 40) },
    with: 'mark',
  }))
