import type { Run } from './run-log.ts'
import type { Violation } from './violation.ts'

export interface Told {
  readonly stream: string
  readonly writer: number
  /** Where the writer was told that its records stand. */
  readonly acked: Iterable<Run>
  /** Those of which it was told that they were not appended; where they stand means nothing. */
  readonly refused: Iterable<Run>
  /** Where a reader has seen them. */
  readonly read: Iterable<Run>
  /** One past the last record that the writer has ever sent. */
  readonly sent: number
}

/** What was acknowledged and is not there, or elsewhere, and what is there and was refused, or never sent. */
export function* compareLogs(told: Told): Generator<Violation, void, undefined> {
  // Each is gone through once.
  const read = [...told.read]
  yield* refusedAndRead(told, read)
  const seen = new Seen(read)
  for (const run of told.acked) {
    const end = endOf(run)
    for (let index = run.index; index < end; ) {
      const next = seen.endingAfter(index)
      const there = next !== undefined && next.index <= index ? next : undefined
      const upTo = Math.min(end, there === undefined ? (next?.index ?? end) : endOf(there))
      const violation = judge(told, { index, count: upTo - index, seqNum: seqNumAt(run, index) }, there)
      if (violation !== undefined) yield violation
      index = upTo
    }
  }
  seen.endingAfter(Number.POSITIVE_INFINITY)
  if (seen.last !== undefined && endOf(seen.last) > told.sent) yield phantom(told, seen.last)
}

/** Goes through what was read beside what was told. */
class Seen {
  readonly #runs: Iterator<Run>
  #there: Run | undefined
  /** The last run that has been passed. */
  last: Run | undefined

  constructor(runs: Iterable<Run>) {
    this.#runs = runs[Symbol.iterator]()
    this.#there = this.#next()
  }

  /** The first run that ends after this record; asked with ever later ones. */
  endingAfter(index: number): Run | undefined {
    while (this.#there !== undefined && endOf(this.#there) <= index) {
      this.last = this.#there
      this.#there = this.#next()
    }
    return this.#there
  }

  #next(): Run | undefined {
    const result = this.#runs.next()
    return result.done === true ? undefined : result.value
  }
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

function* refusedAndRead(
  { stream, writer, refused }: Told,
  read: readonly Run[],
): Generator<Violation, void, undefined> {
  const seen = new Seen(read)
  for (const run of refused) {
    const there = seen.endingAfter(run.index)
    if (there === undefined || there.index >= endOf(run)) continue
    const index = Math.max(run.index, there.index)
    const what = `record ${index} of writer ${writer} was refused, and was read`
    yield { anomaly: 'phantom', stream, seqNum: seqNumAt(there, index), what }
  }
}

function phantom({ stream, writer, sent }: Told, last: Run): Violation {
  const index = endOf(last) - 1
  const what = `writer ${writer} has sent ${sent} records, and number ${index} was read`
  return { anomaly: 'phantom', stream, seqNum: seqNumAt(last, index), what }
}

const seqNumAt = (run: Run, index: number): number => run.seqNum + index - run.index

const endOf = (run: Run): number => run.index + run.count
