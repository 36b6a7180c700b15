import { howMany } from '../kit/text/how-many.ts'
import { oneLine } from '../kit/text/plain.ts'
import type { Timeline } from './timeline.ts'
import { renderTimeline } from './timeline-text.ts'

/** What became of a history. */
export interface HistoryResult {
  readonly verdict: 'linearizable' | 'violated' | 'inconclusive'
  readonly target: string
  readonly workload: string
  readonly seed: number
  /** Why it is inconclusive. */
  readonly why?: string
  /** Counts of what happened, by name, in the order in which they are told. */
  readonly evidence: Readonly<Record<string, number>>
  /** Violations, each shrunk, and how many there are in all. */
  readonly timelines: readonly Timeline[]
  readonly violations: number
  readonly notes: readonly string[]
  /** CPU-bound time of the judgement, and of reading the file, in milliseconds. */
  readonly checkMs: number
  readonly loadMs?: number
}

/** For the terminal; the last line is the verdict. */
export function renderHistory(result: HistoryResult, width: number): string {
  const { verdict, target, workload, seed, why, evidence, timelines, violations, notes } = result
  const counts = Object.entries(evidence).flatMap(([what, count]) =>
    count === 0 ? [] : [howMany(count, what)],
  )
  const more = violations - timelines.length
  return [
    ...timelines.map((timeline) => renderTimeline(timeline, width)),
    ...(more > 0 ? [`and ${howMany(more, 'violations')} more`] : []),
    ...notes.map((note) => `note: ${oneLine(note)}`),
    oneLine(`${target}, workload ${workload}, seed ${seed}`),
    counts.join(', '),
    times(result),
    why === undefined ? verdict : `${verdict}: ${oneLine(why)}`,
    '',
  ].join('\n')
}

const times = ({ checkMs, loadMs }: HistoryResult): string =>
  `${loadMs === undefined ? '' : `loaded in ${seconds(loadMs)}, `}checked in ${seconds(checkMs)}`

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`
