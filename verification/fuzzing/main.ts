import type { Command, Given, Io } from '../../kit/cli/command.ts'
import { MAX_SEED } from '../../kit/cli/seed.ts'
import { runTool } from '../../kit/cli/tool.ts'
import { wholeNumber } from '../../kit/cli/whole-number.ts'
import { describeReport, leaksIn } from './report.ts'
import { runGarbage } from './run.ts'

const MOST = 100_000_000

const command: Command = {
  name: 'fuzz',
  summary:
    'sends the reference server requests and frames that are wrong somewhere, or everywhere, on raw sockets over both versions of HTTP',
  options: [
    { name: 'requests', value: 'N', default: '100000', help: 'how many' },
    { name: 'seed', value: 'S', help: 'of what they are; a random one by default' },
    { name: 'only', value: 'KIND:INDEX', help: 'this one alone, as it is named where it failed' },
  ],
  examples: ['fuzz', 'fuzz --requests 3000 --seed 7'],
  run: garbage,
}

/** Prints what came of them by kind, and for whatever should not have happened the bytes and how to send them again. */
async function garbage(given: Given, io: Io): Promise<number> {
  const requests = wholeNumber('--requests', given.text('requests') ?? '', 1, MOST)
  const seed = wholeNumber('--seed', given.text('seed') ?? `${Date.now() % 1_000_000}`, 0, MAX_SEED)
  const only = given.text('only')
  io.out(`seed ${seed}\n`)
  const report = await runGarbage({ seed, requests, ...(only !== undefined && { only }) })
  const failures = [...report.failures, ...(only === undefined ? leaksIn(report) : [])]
  io.out(`${describeReport(report)}\n`)
  for (const failure of failures.slice(0, 20)) io.out(`FAILED: ${failure}\n`)
  io.out(`\n${report.requests - failures.length} passed, ${failures.length} failed\n`)
  return failures.length === 0 && report.requests > 0 ? 0 : 1
}

process.exitCode = await runTool(command, process.argv.slice(2))
