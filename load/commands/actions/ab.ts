import { planTarget, readToken, type TargetPlan } from '../../../client/command/plan-target.ts'
import type { Given, Io } from '../../../kit/cli/command.ts'
import { reportToWorkflow } from '../../../kit/cli/github.ts'
import { createStatusLine } from '../../../kit/cli/status-line.ts'
import { wholeNumber } from '../../../kit/cli/whole-number.ts'
import { hideAssignments } from '../../../kit/hide-assignments.ts'
import { UsageError } from '../../../kit/usage-error.ts'
import { VERSION } from '../../../kit/version.ts'
import { comparisonCiReport } from '../../../reports/load/ci-report.ts'
import { type ArenaParts, createArena } from '../../compare/arena.ts'
import { compareLaunches } from '../../compare/compare-launches.ts'
import { LEAST_BLOCKS } from '../../compare/compare-pools.ts'
import type { Arena, Gate, Phase } from '../../compare/gate.ts'
import { describeWorkload } from '../../workload/describe.ts'
import { parseSeconds } from '../../workload/units.ts'
import { comparisonFiles, readComparison, reportComparison } from '../comparison-output.ts'
import { drawTick } from '../draw-tick.ts'
import { readWorkload } from '../read-workload.ts'

/** More would take days. */
const MOST_ROUNDS = 1000

export async function act(
  given: Given,
  io: Io,
  arenaOf: (parts: ArenaParts) => Arena = createArena,
): Promise<number> {
  const comparison = readComparison(given)
  const rounds = roundsOf(given)
  const settleSeconds = parseSeconds(given.text('settle'), '--settle')
  const launches = { base: launchOf(given, 'a'), head: launchOf(given, 'b') }
  const workload = await readWorkload(given, 'gate')
  const output = await comparisonFiles(given, io)
  const tool = `s2-load ${VERSION}`
  const line = progressLine(io)
  const notes = new Set<string>()
  const arena = arenaOf({
    plans: { base: planOf(launches.base, io), head: planOf(launches.head, io) },
    token: await readToken(launchGiven(launches.base), io),
    io,
    workload,
    settleSeconds,
    tool,
    onTick: (tick) => line.tick(drawTick(tick, workload)),
    onNote: (note) => notes.add(note),
  })
  const result = await compareLaunches(arena, {
    ...comparison,
    rounds,
    interrupted: io.interrupted,
    onRound: (phase, round) =>
      line.round(`${PHASES[phase]}: round ${round + 1} of ${2 * lookAfter(rounds, round)}`),
    about: { tool, started: new Date().toISOString(), workload, summary: describeWorkload(workload) },
    labels: { base: hideAssignments(launches.base), head: hideAssignments(launches.head) },
  }).finally(() => line.clear())
  for (const note of notes) io.err(`s2-load: ${note}\n`)
  await reportToWorkflow(result, comparisonCiReport, given, io)
  return await reportComparison(result, output, io)
}

const PHASES: Readonly<Record<Phase, string>> = {
  noise: 'A/A run',
  compare: 'A/B run',
  confirm: 'A/B run again',
}

/** `10..40`, or the same number always. Throws `UsageError`. */
function roundsOf(given: Given): Gate['rounds'] {
  const text = given.text('rounds') ?? ''
  const [, from = text, to = from] = /^(\d+)\.\.(\d+)$/.exec(text) ?? []
  const least = wholeNumber('--rounds', from, LEAST_BLOCKS, MOST_ROUNDS)
  return { least, most: wholeNumber('--rounds', to, least, MOST_ROUNDS) }
}

/** Rounds of a side after which it is asked whether they are enough. */
function lookAfter({ least, most }: Gate['rounds'], round: number): number {
  let look = least
  while (2 * look <= round) look *= 2
  return Math.min(look, most)
}

function launchOf(given: Given, name: 'a' | 'b'): string {
  const command = given.text(name)
  if (command === undefined) throw new UsageError('say with --a and --b how the two servers are started')
  if (!command.includes('{port}')) throw new UsageError(`--${name} needs {port} in its command`)
  return command
}

const planOf = (command: string, io: Io): TargetPlan => planTarget(launchGiven(command), io.env)

/** As if it had been given with `--launch`. */
const launchGiven = (command: string): Given => ({
  text: (name) => (name === 'launch' ? command : undefined),
  all: (name) => (name === 'launch' ? [command] : []),
  flag: () => false,
  operands: [],
})

/** One line on a terminal that is drawn over, and nothing elsewhere. */
function progressLine(io: Io): { round(text: string): void; tick(text: string): void; clear(): void } {
  let where = ''
  const line = createStatusLine(io)
  return {
    round(text) {
      where = text
      line.draw(where)
    },
    tick: (text) => line.draw(`${where}  ${text}`),
    clear: line.clear,
  }
}
