import type { Timeline, TimelineOperation } from '../../reports/timeline.ts'
import type { Finding } from './finding.ts'
import type { Action, History, Operation, Outcome } from './operation.ts'
import { shrink } from './shrink.ts'

/** Beside the evidence, so many of the operations that were under way with it. */
const CONTEXT = 6

/** A finding for the report: the fewest operations that show it, the accused last, and a few that overlapped them. */
export function timelineOf(finding: Finding, history: History): Timeline {
  const { anomaly, why } = finding
  const all = history.operations
  const evidence = shrink(history, finding)
  const shown = new Set(evidence)
  const overlapping = all.filter((one) => !shown.has(one) && evidence.some((other) => overlap(one, other)))
  const operations = [...evidence, ...overlapping.slice(0, CONTEXT)]
  const first = Math.min(...operations.map(({ called }) => called))
  return {
    title: `${anomaly}: ${sinceFirst(why, first)}; ${evidence.length} of ${all.length} operations show it`,
    operations: operations.map((operation) => draw(operation, shown.has(operation))),
  }
}

/** A finding tells moments of the run's clock; whoever sees the drawing counts from its first operation. */
const sinceFirst = (why: string, first: number): string =>
  why.replace(/\d+\.\d{3,}(?: ms)?/g, (moment) => `${(Number.parseFloat(moment) - first).toFixed(3)} ms`)

const overlap = (one: Operation, other: Operation): boolean =>
  one.called < other.returned && other.called < one.returned

const draw = (
  { id, client, called, returned, did, got }: Operation,
  isEvidence: boolean,
): TimelineOperation => ({
  id,
  client: String(client),
  begin: called,
  ...(Number.isFinite(returned) && { end: returned }),
  label: asked(did),
  outcome: came(got),
  isEvidence,
})

function asked(did: Action): string {
  switch (did.action) {
    case 'append':
      return [
        `append ${did.bodies.length}`,
        ...(did.fence === undefined ? [] : [`fence "${did.fence}"`]),
        ...(did.trim === undefined ? [] : [`trim ${did.trim}`]),
        ...(did.matchSeqNum === undefined ? [] : [`if at ${did.matchSeqNum}`]),
        ...(did.fencingToken === undefined ? [] : [`token "${did.fencingToken}"`]),
      ].join(' ')
    case 'read':
      return `read ${did.count} from ${did.from}`
    case 'follow':
      return `follow from ${did.from}`
    case 'check-tail':
      return 'check tail'
  }
}

/** Numbers are those of the first and of the last record, as in what a finding says. */
function came(got: Outcome): string {
  switch (got.outcome) {
    case 'acked':
      return `acked ${got.start.seqNum} to ${got.end.seqNum - 1n}`
    case 'seq-num-mismatch':
      return `412, is at ${got.actual}`
    case 'fencing-token-mismatch':
      return `412, token "${got.actual}"`
    case 'records': {
      const [first] = got.records
      return first === undefined
        ? 'no records'
        : `records ${first.seqNum} to ${first.seqNum + BigInt(got.records.length) - 1n}`
    }
    case 'unwritten':
      return `416, tail ${got.tail.seqNum}`
    case 'tail':
      return `tail ${got.tail.seqNum}`
    default:
      return got.outcome
  }
}
