import { statSync } from 'node:fs'
import { readFile, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { createTemporaryDirectory } from '../../kit/temporary-directory.ts'
import type { Names } from '../power/disk.ts'
import { type Loss, writeImage } from '../power/image.ts'
import { type Replayed, replayTrace } from '../power/replay-trace.ts'
import { straceWords } from '../power/strace.ts'
import { LaunchError, type Launcher } from './launcher.ts'

/** What a power cut left, and what it took. */
export interface Cut extends Loss {
  /** Syncs that had been done by then. */
  readonly syncs: number
  /** See `Replayed`. */
  readonly unseen: readonly string[]
}

/** A target of the same command, with storage of its own, that is watched while it writes and can be started on what was synced. */
export interface WatchedTarget {
  /** Not started yet; its calls are traced. */
  readonly watched: Launcher
  /** Not started yet; the same target on what `cut` has left. */
  readonly revived: Launcher
  /** Now: whatever the target has answered, it had done before what belongs to it. */
  mark(): number
  /** Puts into the data directory what would be there, had the power gone at `mark`. Neither of the two may run. */
  cut(mark: number, names: Names): Promise<Cut>
  dispose(): Promise<void>
}

/** `launch` makes launchers that share one fresh data directory, under these words or none. */
export async function watch(launch: (under: readonly string[]) => Promise<Launcher>): Promise<WatchedTarget> {
  const work = await createTemporaryDirectory('s2-conformance-trace')
  const file = join(work.path, 'trace')
  const watched = await launch(straceWords(file))
  const revived = await launch([])
  const { dataDirectory } = watched
  if (dataDirectory === undefined) throw new LaunchError('the launched command takes no {data_dir}')
  const root = await realpath(dataDirectory)
  let whole: Promise<string> | undefined
  const replay = async (mark: number): Promise<Replayed> => {
    whole ??= readFile(file, 'latin1')
    return replayTrace((await whole).slice(0, mark), root)
  }
  return {
    watched,
    revived,
    mark: () => statSync(file).size,
    async cut(mark, names) {
      const { disk, unseen } = await replay(mark)
      return { ...(await writeImage(disk, names, dataDirectory)), syncs: disk.syncs, unseen: [...unseen] }
    },
    async dispose() {
      // Told to end, strace lets go of what it watches.
      await watched.kill()
      await revived.kill()
      await Promise.all([watched.dispose(), revived.dispose()])
      await work.remove()
    },
  }
}
