/**
 * The gate shown at work: `npm run verify -- gate-evidence [--only a,b,c] [--count 20] [--rounds 8..16] [--out FILE]`. (a) A server that is
 * slowed by 10 % on purpose has to be caught, (b) the same server on both sides must be accused of nothing, as often as
 * `--count` says, and (c) on a machine with noisy neighbours the gate has to say that it cannot tell. Prints a table, and
 * writes it into `reports/published/load-gate.md` when all three were played, or where `--out` says. Exits with 1 where one was
 * not as it must be. For a machine without other work; it says how much it was disturbed. About half an hour.
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { VERSION } from '../../kit/version.ts'
import { percent } from '../../reports/load/words.ts'
import { SYNC_MS } from './commands.ts'
import { machineLine } from './machine.ts'
import { render } from './render.ts'
import { playShows, verdictOf } from './shows.ts'

process.chdir(resolve(import.meta.dirname, '../..'))
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    count: { type: 'string', default: '20' },
    rounds: { type: 'string', default: '8..16' },
    duration: { type: 'string', default: '1s' },
    settle: { type: 'string', default: '1s' },
    out: { type: 'string' },
  },
})
// What a server is slow in that waits for its disk. How much it computes says nothing of that.
const DECIDED = ['append-rate', 'response-p50', 'e2e-p50']
const only = values.only.split(',').filter(Boolean)
const unknown = only.find((key) => !['a', 'b', 'c'].includes(key))
if (unknown !== undefined) throw new Error(`--only is a, b or c, not "${unknown}"`)
const options = [
  ...['--rounds', values.rounds, '--duration', values.duration, '--warmup', '0.2s', '--closed', '16'],
  ...['--settle', values.settle, '--metrics', DECIDED.join(',')],
]
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()

const started = new Date().toISOString()
const slowSyncMs = (SYNC_MS * 11) / 10
const shows = await playShows({
  only,
  count: Number(values.count),
  options,
  slowSyncMs,
  onGate(show, gate, { code, seconds, comparison, stolen }) {
    const { outcome } = comparison
    process.stderr.write(
      `${show}, ${gate}: exit code ${code}, ${outcome}, ${seconds.toFixed(0)} s, ${percent(stolen)} taken by the host\n`,
    )
  },
})
const command = ['npm run verify -- gate-evidence', ...process.argv.slice(2)].join(' ')
const text = render(
  { tool: `s2-load ${VERSION}`, started, commit, machine: machineLine(), command, options, slowSyncMs },
  shows,
)
process.stdout.write(text)
const out = values.out ?? (only.length === 0 ? 'reports/published/load-gate.md' : undefined)
if (out !== undefined) writeFileSync(out, text)
process.exitCode = shows.some((show) => verdictOf(show) === 'wrong') ? 1 : 0
