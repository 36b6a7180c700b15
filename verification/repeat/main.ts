import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Command, Given, Io } from '../../kit/cli/command.ts'
import { MAX_SEED } from '../../kit/cli/seed.ts'
import { runTool } from '../../kit/cli/tool.ts'
import { wholeNumber } from '../../kit/cli/whole-number.ts'
import { readReport } from '../../reports/diff/read.ts'

const root = resolve(import.meta.dirname, '../..')

const command: Command = {
  name: 'repeat',
  summary:
    'runs the suite again and again, with other seeds, against the reference server and s2-lite, in memory and on disk; one flaky row fails a run',
  options: [
    { name: 'runs', value: 'N', default: '10', help: 'against each of the four' },
    { name: 'from', value: 'SEED', default: '1', help: 'of the first; the others follow' },
    { name: 'at-once', value: 'N', default: '1', help: 'runs beside each other' },
    { name: 'all', help: 'every row, as run --all' },
    {
      name: 'only',
      value: 'NAME',
      multiple: true,
      help: 'this target: own-memory, own-disk, lite-memory, lite-disk',
    },
  ],
  examples: ['repeat --runs 15', 'repeat --runs 3 --all --only lite-disk'],
  run: repeat,
}

interface Target {
  readonly name: string
  readonly options: readonly string[]
}

/** Deletes at once what is deleted, so that `--all` ends. */
const own =
  'node bin/s2-reference-server.js --port {port} --cors any --sweep-interval 1 --delete-on-empty-grace 0'
const ownOnDisk = ['--profile', 's2-lite', '--expect', 'conformance/expectations/reference-server.json']

const targets = (lite: string | undefined): readonly Target[] => [
  { name: 'own-memory', options: [] },
  { name: 'own-disk', options: [...ownOnDisk, '--launch', `${own} --data-dir {data_dir}`] },
  ...(lite === undefined
    ? []
    : [
        { name: 'lite-memory', options: ['--profile', 's2-lite', '--launch', `${lite} lite --port {port}`] },
        {
          name: 'lite-disk',
          options: ['--profile', 's2-lite', '--launch', `${lite} lite --port {port} --local-root {data_dir}`],
        },
      ]),
]

/** The binary; undefined where nobody can build it, which is said. Throws where it could be built and was not. */
function installLite({ out }: Io): string | undefined {
  const { status, stdout } = spawnSync(join(root, 'scripts/install-s2-lite.sh'), {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status === 0) return stdout.trim()
  if (status !== 3) throw new Error('s2-lite could not be built')
  out('s2-lite: SKIPPED, there is no cargo to build it with\n')
  return undefined
}

/** 0 if every run ended with 0, 1 if one did not, or if there was none. */
async function repeat(given: Given, io: Io): Promise<number> {
  const runs = wholeNumber('--runs', given.text('runs') ?? '', 1, 10_000)
  const from = wholeNumber('--from', given.text('from') ?? '', 0, MAX_SEED - runs)
  const lanes = wholeNumber('--at-once', given.text('at-once') ?? '', 1, 16)
  const only = given.all('only')
  const chosen = targets(installLite(io)).filter(({ name }) => only.length === 0 || only.includes(name))
  const left = Array.from({ length: runs }, (_, index) =>
    chosen.map((target) => ({ target, seed: from + index })),
  ).flat()
  const folder = await mkdtemp(join(tmpdir(), 's2-repeat-'))
  const more = given.flag('all') ? ['--all', '--allow-account-changes'] : []
  let [passed, failed] = [0, 0]
  const lane = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const { target, seed } = next
      const report = join(folder, `${target.name}-${seed}.json`)
      const ran = await runOnce([...target.options, ...more, '--seed', `${seed}`, '--json', report])
      const words = await readFile(report, 'utf8').then(wordsOf, () => '')
      const isOdd = ran.status !== 0 && !words.includes('\n')
      io.out(
        `${ran.status === 0 ? 'ok    ' : 'FAILED'} ${target.name}, seed ${seed}, ${ran.seconds.toFixed(1)} s: ${words}\n`,
      )
      if (isOdd) io.out(`${ran.said}\n`)
      ran.status === 0 ? passed++ : failed++
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  await rm(folder, { recursive: true })
  io.out(`${passed} passed, ${failed} failed\n`)
  return failed === 0 && passed > 0 ? 0 : 1
}

interface Ran {
  readonly status: number | null
  readonly seconds: number
  /** Its last words. */
  readonly said: string
}

function runOnce(options: readonly string[]): Promise<Ran> {
  const begun = performance.now()
  const child = spawn(process.execPath, ['bin/s2-conformance.js', 'run', ...options], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = `${said}${text}`.slice(-2000)
    })
  }
  return new Promise((done, fail) => {
    child.once('error', fail)
    child.once('close', (status) => done({ status, seconds: (performance.now() - begun) / 1000, said }))
  })
}

const ODD: ReadonlySet<string> = new Set(['fail', 'error', 'inconclusive', 'not-run'])

/** The counts, and a line for every row that did not pass as it should. */
function wordsOf(report: string): string {
  const rows = [...readReport(report).rows.values()]
  const counts = Map.groupBy(rows, ({ verdict }) => verdict)
  return [
    [...counts].map(([verdict, { length }]) => `${length} ${verdict}`).join(', '),
    ...rows
      .filter(({ verdict }) => ODD.has(verdict))
      .map((row) => `         ${row.verdict} ${row.id}: ${row.reason}`),
  ].join('\n')
}

process.exitCode = await runTool(command, process.argv.slice(2))
