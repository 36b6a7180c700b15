/**
 * `node verification/costs/main.ts REPORT.json...`: writes what a check of each row asks of a target, as these runs measured it, into
 * the table that `--dry-run` reads. Runs of the reference server, but for rows that it cannot show; what no report measured
 * stays as it was, so that a run with `--only` adds its rows.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import file from '../../conformance/run/costs.json' with { type: 'json' }
import type { RunResult } from '../../reports/result.ts'

const reports = process.argv.slice(2)
if (reports.length === 0) {
  process.stderr.write(
    'costs: name the reports, as run --json writes them; the last that measured a row counts\n',
  )
  process.exit(2)
}
const costs = new Map<string, readonly number[]>(Object.entries(file))
for (const path of reports) {
  const { results }: RunResult = JSON.parse(readFileSync(path, 'utf8'))
  for (const { id, verdict, traffic, transports, ms } of results) {
    if (traffic === undefined || traffic.requests === 0 || verdict !== 'pass') continue
    const each = (amount: number): number => Math.ceil(amount / transports.length)
    costs.set(id, [each(traffic.requests), each(traffic.sent + traffic.received), each(ms ?? 0)])
  }
}
const lines = [...costs].toSorted(([one], [other]) => (one < other ? -1 : 1))
const text = lines.map(([id, cost]) => `  "${id}": [${cost.join(', ')}]`).join(',\n')
writeFileSync(resolve(import.meta.dirname, '../../conformance/run/costs.json'), `{\n${text}\n}\n`)
