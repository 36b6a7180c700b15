/**
 * Runs the suite many times with different seeds against the reference server and s2-lite, each in memory and on disk,
 * and prints a line per run: `npm run repeat -- [RUNS] [FIRST_SEED] [OPTIONS OF RUN...]`. Ends with `N passed, N failed`; a
 * run passes if it exits with 0, so one flaky row is a failed run.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const [runsGiven = '10', seedGiven = '1', ...more] = process.argv.slice(2)
const [runs, firstSeed] = [Number(runsGiven), Number(seedGiven)]
const output = mkdtempSync(join(tmpdir(), 's2-repeat-'))

interface Target {
  readonly name: string
  readonly options: readonly string[]
}

const own = 'node bin/s2-reference-server.js --port {port} --cors any'
const installed = spawnSync(join(root, 'scripts/install-s2-lite.sh'), {
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'inherit'],
})
const lite = installed.stdout.trim()

const TARGETS: readonly Target[] = [
  { name: 'reference server, in memory', options: [] },
  {
    name: 'reference server, on disk',
    options: [
      '--profile',
      's2-lite',
      '--expect',
      'conformance/expectations/reference-server.json',
      '--launch',
      `${own} --data-dir {data_dir}`,
    ],
  },
  ...(installed.status === 0
    ? [
        {
          name: 's2-lite, in memory',
          options: ['--profile', 's2-lite', '--launch', `${lite} lite --port {port}`],
        },
        {
          name: 's2-lite, on disk',
          options: ['--profile', 's2-lite', '--launch', `${lite} lite --port {port} --local-root {data_dir}`],
        },
      ]
    : []),
]

if (installed.status !== 0) say('s2-lite: SKIPPED, it could not be built')

let passed = 0
let failed = 0
for (let seed = firstSeed; seed < firstSeed + runs; seed++) {
  for (const target of TARGETS) runOnce(target, seed) ? passed++ : failed++
}
rmSync(output, { recursive: true })
say(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

function runOnce({ name, options }: Target, seed: number): boolean {
  const report = join(output, 'report.json')
  const begin = process.hrtime.bigint()
  const { status, stderr } = spawnSync(
    process.execPath,
    ['bin/s2-conformance.js', 'run', ...options, ...more, '--seed', `${seed}`, '--json', report],
    {
      cwd: root,
      encoding: 'utf8',
    },
  )
  const seconds = Number((process.hrtime.bigint() - begin) / 1_000_000n) / 1000
  const summary = existsSync(report) ? readFileSync(report, 'utf8') : ''
  say(
    `${status === 0 ? 'ok    ' : 'FAILED'} ${name}, seed ${seed}, ${seconds.toFixed(1)} s: ${describe(summary) || stderr.trim()}`,
  )
  rmSync(report, { force: true })
  return status === 0
}

/** The counts, and every row that did not pass as it should. */
function describe(report: string): string {
  if (report === '') return ''
  const { summary, results } = JSON.parse(report) as {
    summary: Record<string, number>
    results: { id: string; verdict: string; reason?: string }[]
  }
  const counts = Object.entries(summary)
    .filter(([, count]) => count > 0)
    .map(([verdict, count]) => `${count} ${verdict}`)
  const odd = results.filter(({ verdict }) => ['fail', 'error', 'inconclusive', 'stale'].includes(verdict))
  return [
    counts.join(', '),
    ...odd.map(({ id, verdict, reason }) => `\n         ${verdict} ${id}: ${reason ?? ''}`),
  ].join('')
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
