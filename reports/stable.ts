import type { RequirementResult, RunResult } from './result.ts'
import { withTexts } from './texts.ts'
import type { Timeline } from './timeline.ts'

/**
 * The result with what differs from run to run taken out of its rows: names of the run, ports, times, durations. Two of
 * them differ where the target did. What the head says of the run (seed, start, traffic) stays.
 */
export function stable(result: RunResult): RunResult {
  return { ...result, results: result.results.map(stableRow) }
}

/** The row alone: names are numbered anew in it, since their numbers depend on what ran beside it. */
export function stableRow(row: RequirementResult): RequirementResult {
  const { traffic: _, timelines, ...rest } = withTexts(row, createCleaner())
  return { ...rest, ms: 0, ...(timelines !== undefined && { timelines: timelines.map(inOrder) }) }
}

/** One text without what is volatile in it. */
export const steady = (text: string): string => createCleaner()(text)

/** Moments by their order: what overlaps stays, when it was goes. */
function inOrder({ title, operations }: Timeline): Timeline {
  const moments = operations.flatMap(({ begin, end }) => (end === undefined ? [begin] : [begin, end]))
  const ranks = new Map(
    [...new Set(moments)].toSorted((one, other) => one - other).map((at, rank) => [at, rank]),
  )
  const rank = (moment: number): number => ranks.get(moment) ?? 0
  return {
    title,
    operations: operations.map(({ end, ...operation }) => ({
      ...operation,
      begin: rank(operation.begin),
      ...(end !== undefined && { end: rank(end) }),
    })),
  }
}

/** What is volatile wherever it stands, and what stands for it. */
const VOLATILE: readonly (readonly [RegExp, string])[] = [
  // A port that was free; where an endpoint has a name, it stays.
  [/\b(127\.0\.0\.1|localhost|\[::1\]):\d+/g, '$1:PORT'],
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)/g, 'TIME'],
  [/\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT/g, 'DATE'],
  [/^([<>] content-length: )\d+/g, '$1N'],
  // Milliseconds since 1970, from 2001 to 2286.
  [/\b[1-9]\d{12}\b/g, 'MILLISECONDS'],
  [/\b\d+(?:\.\d+)? ms\b/g, 'N ms'],
  [/\bseed \d+/g, 'seed N'],
]

/** Names of the run, `s2c-<its id>-<number>`. */
const NAME = /\bs2c-[a-z0-9]{6,}-(\d+)/g

function createCleaner(): (text: string) => string {
  const numbers = new Map<string, number>()
  const numbered = (_: string, number: string): string => {
    const known = numbers.get(number) ?? numbers.size + 1
    numbers.set(number, known)
    return `s2c-RUN-${known}`
  }
  return (text) =>
    VOLATILE.reduce((clean, [volatile, word]) => clean.replace(volatile, word), text.replace(NAME, numbered))
}
