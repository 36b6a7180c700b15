import { statSync } from 'node:fs'
import { readFile, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { createTemporaryDirectory } from '../../kit/temporary-directory.ts'
import { writeImage } from '../power/image.ts'
import { type Replayed, replayTrace } from '../power/replay-trace.ts'
import { straceWords } from '../power/strace.ts'
import { LaunchError, type Launcher, type WatchedTarget } from './launcher.ts'

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
