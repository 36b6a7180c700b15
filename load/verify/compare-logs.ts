import type { Run, RunLog } from './run-log.ts'
import type { Violation } from './violation.ts'

export interface Told {
  readonly stream: string
  readonly writer: number
  /** Where the writer was told that its records stand. */
  readonly acked: RunLog
  /** Where a reader has seen them. */
  readonly read: RunLog
  /** One past the last record that the writer has ever sent. */
  readonly sent: number
}

/** What was acknowledged and is not there, or elsewhere, and what is there and was never sent. */
export function* compareLogs(told: Told): Generator<Violation, void, undefined> {
  const seen = [...told.read]
  let at = 0
  for (const run of told.acked) {
    const end = endOf(run)
    for (let index = run.index; index < end; ) {
      while (at < seen.length && endOf(seen[at]) <= index) at++
      const there = seen[at]
      const isThere = there !== undefined && there.index <= index
      const upTo = Math.min(end, isThere ? endOf(there) : (there?.index ?? end))
      const violation = judge(
        told,
        { index, count: upTo - index, seqNum: seqNumAt(run, index) },
        isThere ? there : undefined,
      )
      if (violation !== undefined) yield violation
      index = upTo
    }
  }
  const last = seen.at(-1)
  if (last !== undefined && endOf(last) > told.sent) yield phantom(told, last)
}

/** What is wrong with these records, which were acknowledged, given where they were read, if they were. */
function judge(
  { stream, writer }: Told,
  { index, count, seqNum }: Run,
  there: Run | undefined,
): Violation | undefined {
  const of = `of writer ${writer}`
  if (there === undefined) {
    const what = `records ${index} to ${index + count - 1} ${of} were acknowledged at ${seqNum} and were not read`
    return { anomaly: 'lost-append', stream, seqNum, what }
  }
  const read = seqNumAt(there, index)
  const what = `record ${index} ${of} was acknowledged at ${seqNum} and was read at ${read}`
  return read === seqNum ? undefined : { anomaly: 'wrong-ack', stream, seqNum, what }
}

function phantom({ stream, writer, sent }: Told, last: Run): Violation {
  const index = endOf(last) - 1
  const what = `writer ${writer} has sent ${sent} records, and number ${index} was read`
  return { anomaly: 'phantom', stream, seqNum: seqNumAt(last, index), what }
}

const seqNumAt = (run: Run, index: number): number => run.seqNum + index - run.index

const endOf = (run: Run | undefined): number => (run === undefined ? 0 : run.index + run.count)
