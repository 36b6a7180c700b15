import { helpOf, type Option, parseFlags, UsageError } from '../../reference-server/command/command-line.ts'
import type { Bug } from './bugs/bug.ts'
import { bugs } from './bugs/index.ts'
import { describeFailure } from './replay.ts'
import { simulate } from './simulate.ts'
import { add, describeTally, EMPTY_TALLY, ENOUGH_SEEDS, neverStruck, type Tally } from './tally.ts'

const OPTIONS: readonly Option[] = [
  { name: 'seeds', value: 'N', help: 'how many runs (default 1000)' },
  { name: 'from', value: 'SEED', help: 'seed of the first; the others follow (default 1)' },
  { name: 'bug', value: 'NAME', help: 'put this bug into the server; list names them' },
  { name: 'lying-disk', help: 'let the disk say that it has synced when it has not' },
  { name: 'trace', help: 'print every event' },
  { name: 'help', help: 'show this text' },
]

interface Settings {
  readonly seeds: number
  readonly from: number
  readonly bug: Bug | undefined
  readonly lyingDisk: boolean
  readonly trace: boolean
}

/**
 * `npm run verify -- simulate`: runs seeds and prints the counts. Resolves to 0 if nothing was found and every fault struck, 1 if
 * something was found, 2 for a wrong command line, 3 if a fault never struck in a set large enough to expect it.
 */
export async function run(args: readonly string[], out: (line: string) => void): Promise<number> {
  try {
    const settings = parseSettings(args)
    if (settings === 'help') {
      out(`Usage: npm run verify -- simulate [options]\n\n${helpOf(OPTIONS)}`)
      return 0
    }
    return conclude(await runSeeds(settings, out), out)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    out(`simulate: ${error.message}`)
    return 2
  }
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

function parseSettings(args: readonly string[]): Settings | 'help' {
  const flags = parseFlags(args, OPTIONS)
  if (flags.has('help')) return 'help'
  return {
    seeds: wholeNumber('seeds', flags.get('seeds') ?? '1000', 1),
    from: wholeNumber('from', flags.get('from') ?? '1'),
    bug: flags.has('bug') ? bugNamed(flags.get('bug') ?? '') : undefined,
    lyingDisk: flags.has('lying-disk'),
    trace: flags.has('trace'),
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
