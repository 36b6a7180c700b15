import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { writeHistory } from '../../../conformance/history/file/write.ts'
import { createRandom } from '../../../kit/random.ts'
import { generateHistory, type Kind } from '../../agreement/generate.ts'

/** `npm run verify -- bench-history`: a history of a million operations of 64 clients, and what `check-history` needs for it. */
const KINDS: Readonly<Record<Kind, number>> = {
  append: 36,
  session: 2,
  conditional: 16,
  fenced: 6,
  fence: 1,
  trim: 0,
  read: 16,
  tail: 15,
  follow: 4,
}

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: { operations: { type: 'string' }, seed: { type: 'string' }, out: { type: 'string' } },
  })
  const operations = Number(values.operations ?? 1_000_000)
  const seed = Number(values.seed ?? 1)
  const folder = await mkdtemp(join(tmpdir(), 's2-bench-history-'))
  const path = values.out ?? join(folder, 'history.jsonl')
  const shape = { clients: 64, operations, kinds: KINDS, lost: 2 }
  const history = generateHistory(createRandom(seed), shape)
  const about = {
    workload: 'generated',
    seed,
    target: 'a perfect stream',
    started: new Date(0).toISOString(),
  }
  await writeHistory(path, { about, history })
  const say = (line: string): void => void process.stdout.write(`${line}\n`)
  say(
    `${history.operations.length} operations, a log of ${history.log.length} records, ${megabytes((await stat(path)).size)}`,
  )
  // A process of its own, as somebody would type it: that one is measured, and not the generator.
  const command = new URL('../../../bin/s2-conformance.js', import.meta.url).pathname
  const checked = spawnSync(
    '/usr/bin/time',
    ['-f', '%M KiB at most, %U s user, %S s system', process.execPath, command, 'check-history', path],
    {
      encoding: 'utf8',
    },
  )
  say(checked.stdout + checked.stderr)
  await rm(folder, { recursive: true })
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`

await run()
