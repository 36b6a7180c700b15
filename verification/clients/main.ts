/**
 * S2's own clients, and the tests that come with them, against our server:
 * `npm run verify -- clients [--only NAME...] [--no-rust-build] [--update-calls]`. Prints a table; the last line is `N passed, N failed`, and the
 * exit code 0 only if nothing failed that is not explained in known-failures.json, and nothing there is stale.
 */
import { parseArgs } from 'node:util'
import { updateSentCalls } from './calls/update.ts'
import { clients } from './index.ts'
import { faultsOf, type Report } from './judge.ts'
import { committedKnownFailures } from './known-failures.ts'
import { runClient } from './run-client.ts'
import { renderTable } from './table.ts'
import { openWorkshop } from './workshop.ts'

const { values, positionals } = parseArgs({
  options: {
    only: { type: 'boolean', default: false },
    'no-rust-build': { type: 'boolean', default: false },
    'update-calls': { type: 'boolean', default: false },
  },
  allowPositionals: true,
})
const unknown = positionals.find((name) => !clients.some((client) => client.name === name))
if (unknown !== undefined || values.only !== positionals.length > 0) {
  process.stderr.write(`--only takes one or more of ${clients.map(({ name }) => name).join(', ')}\n`)
  process.exit(2)
}
process.once('SIGINT', () => process.exit(130))
process.once('SIGTERM', () => process.exit(143))

const known = committedKnownFailures()
const workshop = openWorkshop(!values['no-rust-build'])
if (values['update-calls']) await updateSentCalls(workshop)
const reports: Report[] = []
for (const client of clients) {
  if (values.only && !positionals.includes(client.name)) continue
  process.stderr.write(`${client.title}, ${client.setup.label}\n`)
  reports.push(await runClient(client, workshop, known))
}
process.stdout.write(`${renderTable(reports)}\n`)
process.exitCode = reports.some((report) => faultsOf(report) > 0) ? 1 : 0
