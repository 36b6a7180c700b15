import fc from 'fast-check'
import type { Capability } from '../../client/capability.ts'
import { ConformanceFailure } from '../../client/failures.ts'
import { TargetError } from '../../client/target-error.ts'
import type { Transport } from '../../client/transport.ts'
import { row } from '../catalogue/catalogue.ts'
import type { CheckContext } from '../check/context.ts'
import type { Requirement } from '../check/requirement.ts'
import { type Plan, serializePlan } from './plan.ts'

/** What was asked of the target in a case, and what came of it; told as it happens. */
export interface Line {
  readonly request: string
  readonly expected: string
  readonly actual: string
}

export type Report = (line: Line) => void

/** A promise about all inputs of a kind: a generator, and a play that holds the target against one of them. */
export interface PropertyParts<Input, Stage> {
  readonly id: string
  readonly needs: readonly Capability[]
  readonly on: readonly Transport[]
  readonly arbitrary: fc.Arbitrary<Input>
  /** Cases of a default run, and of `--all`. */
  readonly runs: { readonly few: number; readonly many: number }
  /** What all cases of a check share. */
  prepare(context: CheckContext): Promise<Stage>
  /** Throws a `ConformanceFailure` for a case that the target fails. */
  play(context: CheckContext, stage: Stage, input: Input, tell: Report): Promise<void>
  /** Inputs that are simpler than this one, of which `asked` requests were sent; absent, the generator knows them. */
  readonly simpler?: (input: Input, asked: number) => Iterable<Input>
  /** Of a replay file; throws a `RangeError`. */
  parse(input: unknown): Input
}

/** A property, whatever its inputs are. */
export interface Property {
  readonly requirement: Requirement
  /** The property with this one case in place of generated ones. Throws a `RangeError` for a case that is none. */
  replaying(plan: Plan): Requirement
}

/** Hundreds of cases take their time where other rows, or other work of the machine, are busy as well. */
const PATIENCE_SECONDS = 240

/** How long a case that failed is shrunk: the smallest one is not worth the deadline of the check. */
const SHRINK_MS = 20_000

/** Where a case fails by a wait that ran out, so many of them. */
const SHRINK_FACTOR = 4

export function createProperty<Input, Stage>(parts: PropertyParts<Input, Stage>): Property {
  const { id, needs, on } = parts
  const base = { ...row(id), needs, on, patience: PATIENCE_SECONDS }
  return {
    requirement: { ...base, check: (context) => check(parts, context) },
    replaying(plan) {
      const input = parts.parse(plan.input)
      return { ...base, on: [plan.transport], check: (context) => replay(parts, context, input) }
    },
  }
}

/** A play that failed: what was told, and why it ended. */
interface Failed<Input> {
  readonly input: Input
  readonly lines: readonly Line[]
  readonly error: ConformanceFailure
}

async function check<Input, Stage>(parts: PropertyParts<Input, Stage>, context: CheckContext): Promise<void> {
  const stage = await parts.prepare(context)
  let failed: Failed<Input> | undefined
  let until = Number.POSITIVE_INFINITY
  const property = fc.asyncProperty(parts.arbitrary, async (input) => {
    const began = context.now()
    if (began > until) throw new fc.PreconditionFailure(true)
    const found = await playOnce(parts, context, stage, input)
    if (found === undefined) return
    if (failed === undefined)
      until = context.now() + Math.max(SHRINK_MS, SHRINK_FACTOR * (context.now() - began))
    failed = found
    throw found.error
  })
  const seed = Math.floor(context.random() * 0x7fffffff)
  const { few, many } = parts.runs
  const numRuns = context.thorough ? many : few
  const run = await fc.check(property, { seed, numRuns, endOnFailure: parts.simpler !== undefined })
  context.record(`${run.numRuns} cases, seed ${seed}`)
  if (failed !== undefined) {
    const { smallest, shrinks } = await shrink(parts, context, stage, failed, until)
    throw finding(parts.id, context, smallest, run.numShrinks + shrinks)
  }
  if (run.errorInstance !== null && run.errorInstance !== undefined) throw run.errorInstance
}

/** Goes on to whatever simpler input fails too, until none does or the time is up. */
async function shrink<Input, Stage>(
  parts: PropertyParts<Input, Stage>,
  context: CheckContext,
  stage: Stage,
  first: Failed<Input>,
  until: number,
): Promise<{ readonly smallest: Failed<Input>; readonly shrinks: number }> {
  let smallest = first
  for (let shrinks = 0; ; shrinks++) {
    let next: Failed<Input> | undefined
    for (const simpler of parts.simpler?.(smallest.input, smallest.lines.length) ?? []) {
      if (context.now() > until) return { smallest, shrinks }
      next = await playOnce(parts, context, stage, simpler)
      if (next !== undefined) break
    }
    if (next === undefined) return { smallest, shrinks }
    smallest = next
  }
}

async function replay<Input, Stage>(
  parts: PropertyParts<Input, Stage>,
  context: CheckContext,
  input: Input,
): Promise<void> {
  const found = await playOnce(parts, context, await parts.prepare(context), input)
  if (found !== undefined) throw finding(parts.id, context, found, 0)
}

/** What the target did wrong; undefined if nothing. Throws what is not the target's. */
async function playOnce<Input, Stage>(
  { play }: PropertyParts<Input, Stage>,
  context: CheckContext,
  stage: Stage,
  input: Input,
): Promise<Failed<Input> | undefined> {
  const lines: Line[] = []
  try {
    await play(context, stage, input, (line) => void lines.push(line))
    return undefined
  } catch (error) {
    if (error instanceof ConformanceFailure) return { input, lines, error }
    if (error instanceof TargetError && error.isFinding) {
      const finding = { subject: 'the answer', expected: 'one in time', actual: error.message }
      return { input, lines, error: new ConformanceFailure(finding) }
    }
    throw error
  }
}

/** The smallest case, told as numbered requests with what was allowed and what came, and kept for replay. */
function finding<Input>(
  id: string,
  context: CheckContext,
  { input, lines, error }: Failed<Input>,
  shrinks: number,
): ConformanceFailure {
  const { transport, profile } = context
  const plan: Plan = { version: 2, property: id, profile, transport, input, failure: error.message }
  context.attach('replay.json', serializePlan(plan))
  const numbered = lines.flatMap(({ request, expected: allowed, actual: came }, index) => [
    `${index + 1}. ${request}`,
    `   expected ${allowed}`,
    `   actual   ${came}`,
  ])
  const head = `the last of ${lines.length} requests (shrunk ${shrinks} times)`
  return new ConformanceFailure({ ...error.finding, request: [head, ...numbered].join('\n') })
}
