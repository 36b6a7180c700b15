import { type Stopwatch, systemStopwatch } from '../environment.ts'
import type { Sync, Write } from './store.ts'
import { StoreError } from './store-error.ts'

export interface GroupCommit {
  commit(writes: readonly Write[]): Promise<void>
  healthy(): boolean
  /** Resolves when nothing is under way; from the call on, commits reject. */
  close(): Promise<void>
}

interface Waiting {
  readonly writes: readonly Write[]
  readonly resolve: () => void
  readonly reject: (error: StoreError) => void
}

/** Who hears of what becomes of groups. */
export interface GroupEvents {
  /** Of each group that is durable. */
  readonly synced?: (sync: Sync) => void
  /** Of the first group that is not, with the cause; there are no others. */
  readonly failed?: (error: StoreError) => void
}

/** A group is closed at this many bytes, so that a flood of large batches does not become one giant write. */
const MAX_GROUP_BYTES = 8 * 1024 * 1024

/** And at this many commits: nobody else is served until all that waited for it have been told. */
const MAX_GROUP_COMMITS = 500

/**
 * One sync for all commits that came while the last one was under way. `write` makes a group durable, all or nothing. A
 * group that fails takes all later commits with it: what a failed sync left behind is not known, so nothing that builds on
 * it may be acknowledged (fail-stop).
 */
export function groupCommit(
  write: (writes: readonly Write[]) => Promise<void>,
  { synced, failed }: GroupEvents = {},
  stopwatch: Stopwatch = systemStopwatch,
): GroupCommit {
  const queue: Waiting[] = []
  let failure: StoreError | undefined
  let running: Promise<void> | undefined

  async function run(): Promise<void> {
    for (let group = nextGroup(queue); group.length > 0; group = nextGroup(queue)) {
      const began = stopwatch()
      try {
        await write(group.flatMap(({ writes }) => writes))
        synced?.({ commits: group.length, milliseconds: stopwatch() - began })
        for (const { resolve } of group) resolve()
      } catch (cause) {
        failure = new StoreError(
          'failed',
          'the store failed to write; nothing is accepted until a restart',
          cause,
        )
        failed?.(failure)
        for (const { reject } of [...group, ...queue.splice(0)]) reject(failure)
      }
    }
    running = undefined
  }

  return {
    commit(writes) {
      if (failure !== undefined) return Promise.reject(failure)
      return new Promise((resolve, reject) => {
        queue.push({ writes, resolve, reject })
        running ??= run()
      })
    },
    healthy: () => failure === undefined || failure.fault === 'closed',
    async close() {
      failure ??= new StoreError('closed', 'the store is closed')
      await running
    },
  }
}

function nextGroup(queue: Waiting[]): readonly Waiting[] {
  let bytes = 0
  let count = 0
  for (const { writes } of queue) {
    bytes += size(writes)
    if (count === MAX_GROUP_COMMITS || (count > 0 && bytes > MAX_GROUP_BYTES)) break
    count++
  }
  return queue.splice(0, count)
}

function size(writes: readonly Write[]): number {
  return writes.reduce(
    (sum, write) => sum + write.key.length + (write.type === 'put' ? write.value.length : 0),
    0,
  )
}
