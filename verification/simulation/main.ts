import type { Command, Given } from '../../kit/cli/command.ts'
import { runTool, TOOL_IO } from '../../kit/cli/tool.ts'
import { UsageError } from '../../kit/usage-error.ts'
import type { Bug } from './bugs/bug.ts'
import { bugs } from './bugs/index.ts'
import { describeFailure } from './replay.ts'
import { simulate } from './simulate.ts'
import { add, describeTally, EMPTY_TALLY, ENOUGH_SEEDS, neverStruck, type Tally } from './tally.ts'

interface Settings {
  readonly seeds: number
  readonly from: number
  readonly bug: Bug | undefined
  readonly lyingDisk: boolean
  readonly trace: boolean
}

const COMMAND: Command = {
  name: 'simulate',
  summary: 'runs the server in simulated time, with faults of disk and host, and prints the counts',
  options: [
    { name: 'seeds', value: 'N', default: '1000', help: 'how many runs' },
    { name: 'from', value: 'SEED', default: '1', help: 'seed of the first; the others follow' },
    {
      name: 'bug',
      value: 'NAME',
      help: `put this bug into the server: ${bugs.map(({ name }) => name).join(', ')}`,
    },
    { name: 'lying-disk', help: 'let the disk say that it has synced when it has not' },
    { name: 'trace', help: 'print every event' },
  ],
  examples: ['simulate --seeds 200', 'simulate --from 7 --seeds 1 --trace'],
  exitCodes:
    '0 nothing was found and every fault struck, 1 something was found, 2 wrong usage, 3 a fault never struck in a set large enough to expect it',
  async run(given, io) {
    const out = (line: string): void => io.out(`${line}\n`)
    return conclude(await runSeeds(settingsFrom(given), out), out)
  },
}

/** `npm run verify -- simulate`. Resolves to the exit code. */
export const run = (args: readonly string[], out: (line: string) => void): Promise<number> => {
  const print = (text: string): void => out(text.trimEnd())
  return runTool(COMMAND, args, { ...TOOL_IO, out: print, err: print })
}

async function runSeeds(
  { seeds, from, trace, ...broken }: Settings,
  out: (line: string) => void,
): Promise<Tally> {
  const { bug, lyingDisk } = broken
  let tally = EMPTY_TALLY
  for (let seed = from; seed < from + seeds; seed++) {
    const outcome = await simulate({ seed, trace, lyingDisk, ...(bug === undefined ? {} : { bug }) })
    for (const line of outcome.trace) out(line)
    if (outcome.violations.length > 0)
      out(describeFailure(outcome, { lyingDisk, ...(bug === undefined ? {} : { bug }) }))
    tally = add(tally, outcome)
  }
  return tally
}

function conclude(tally: Tally, out: (line: string) => void): number {
  out(describeTally(tally))
  const missing = tally.seeds < ENOUGH_SEEDS ? [] : neverStruck(tally)
  if (missing.length > 0) out(`never struck: ${missing.join(', ')}`)
  out(`${tally.seeds - tally.failed.length} passed, ${tally.failed.length} failed`)
  if (tally.failed.length > 0) return 1
  return missing.length > 0 ? 3 : 0
}

function settingsFrom(given: Given): Settings {
  const bug = given.text('bug')
  return {
    seeds: wholeNumber('seeds', given.text('seeds') ?? '', 1),
    from: wholeNumber('from', given.text('from') ?? ''),
    bug: bug === undefined ? undefined : bugNamed(bug),
    lyingDisk: given.flag('lying-disk'),
    trace: given.flag('trace'),
  }
}

function wholeNumber(name: string, text: string, least = 0): number {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
  if (number >= least) return number
  throw new UsageError(`--${name} is a whole number from ${least} on, not "${text}"`)
}

function bugNamed(name: string): Bug {
  const bug = bugs.find((candidate) => candidate.name === name)
  if (bug !== undefined) return bug
  throw new UsageError(`--bug is one of ${bugs.map((known) => known.name).join(', ')}, not "${name}"`)
}
