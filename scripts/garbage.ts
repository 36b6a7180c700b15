/**
 * Sends the reference server requests and frames that are wrong somewhere, or everywhere, on raw sockets over both
 * versions of HTTP: `npm run garbage -- [--requests N] [--seed S] [--only KIND:INDEX]`. Prints what came of them by kind, and
 * for whatever should not have happened the bytes and how to send them again. Ends with `N passed, N failed`.
 */
import { parseArgs } from 'node:util'
import { describeReport, leaksIn } from '../reference-server/testing/garbage/report.ts'
import { runGarbage } from '../reference-server/testing/garbage/run.ts'

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    only: { type: 'string' },
  },
})
const seed = Number(values.seed)
process.stdout.write(`seed ${seed}\n`)
const report = await runGarbage({
  seed,
  requests: Number(values.requests),
  ...(values.only !== undefined && { only: values.only }),
})
const failures = [...report.failures, ...(values.only === undefined ? leaksIn(report) : [])]
process.stdout.write(`${describeReport(report)}\n`)
for (const failure of failures.slice(0, 20)) process.stdout.write(`FAILED: ${failure}\n`)
process.stdout.write(`\n${report.requests - failures.length} passed, ${failures.length} failed\n`)
process.exitCode = failures.length === 0 ? 0 : 1
