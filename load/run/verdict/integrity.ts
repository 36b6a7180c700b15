import type { Integrity } from '../../../reports/load/result.ts'
import { addCounts } from '../../measure/add-counts.ts'
import { compareLogs } from '../../verify/compare-logs.ts'
import { runsIn } from '../../verify/run-log.ts'
import { type Violation, Violations } from '../../verify/violation.ts'
import type { Load } from '../coordinator/coordinator.ts'
import type { ReaderReport, WriterReport } from '../engine/messages.ts'
import { isKnownTail, unknownTailsIn } from '../engine/tail.ts'

/** What a load knows of its records. */
type Known = Pick<Load, 'writers' | 'readers' | 'readSoFar' | 'tails' | 'end'>

/** What the readers have found, and what comes of comparing it with what the writers were told. */
export function judgeIntegrity(load: Known, streams: readonly string[]): Integrity {
  const compared = new Violations()
  const notes: string[] = []
  const writersOf = Map.groupBy(load.writers, ({ stream }) => stream)
  const whole = load.readers.filter(({ trouble }) => trouble === undefined)
  const untold = unknownTailsIn(load.tails)
  if (untold !== undefined)
    notes.push(
      `the ends of ${untold.count} of ${streams.length} streams could not be asked for: ${untold.why}`,
    )
  for (const { stream, trouble } of load.readers) {
    if (trouble !== undefined && isKnownTail(load.tails[stream]))
      notes.push(`a reader of ${streams[stream]} did not come to the end: ${trouble}`)
  }
  for (const reader of load.readers) {
    for (const violation of compare(reader, writersOf.get(reader.stream) ?? [], streams))
      if (mayTell(reader, violation)) compared.add(violation)
  }
  for (const lost of beyondTails(load, streams)) compared.add(lost)
  const wrongAcks = load.writers.filter(({ wrongAcks: { count } }) => count > 0)
  const unread = streams.length - new Set(whole.map(({ stream }) => stream)).size
  if (unread > 0) notes.push(`${unread} of ${streams.length} streams were not read to their ends`)
  const violations = addCounts([
    compared.counts,
    ...wrongAcks.map(({ wrongAcks: { count } }) => ({ 'wrong-ack': count })),
    ...load.readers.map(({ violationCounts }) => violationCounts),
  ])
  const isViolated = Object.keys(violations).length > 0
  return {
    verdict: isViolated ? 'violated' : unread > 0 ? 'incomplete' : 'verified',
    recordsRead: load.end.counted.readRecords + load.end.counted.caughtUpRecords,
    readers: load.readers.length,
    violations,
    first: [
      ...wrongAcks.flatMap((writer) => wrongAckOf(writer, streams)),
      ...compared.first,
      ...load.readers.flatMap((reader) => reader.violations),
    ].slice(0, MOST_SHOWN),
    notes: notes.slice(0, MOST_SHOWN),
  }
}

/** Who was given up has not lost what stands behind the last record that it has; what it has read it has read. */
const mayTell = ({ trouble, next }: ReaderReport, { anomaly, seqNum }: Violation): boolean =>
  trouble === undefined || anomaly !== 'lost-append' || seqNum < next

/** What was acknowledged, or was read before the end was asked for, and lies beyond the end of its stream, where no reader looks for it. */
function* beyondTails(
  { writers, readSoFar, tails }: Known,
  streams: readonly string[],
): Generator<Violation, void, undefined> {
  for (const { stream, writer, acked } of writers) {
    const tail = tails[stream]
    if (!isKnownTail(tail)) continue
    const lost = runsIn(acked).find(({ seqNum, count }) => seqNum + count > tail)
    if (lost === undefined) continue
    yield {
      anomaly: 'lost-append',
      stream: streams[stream] ?? '',
      seqNum: Math.max(tail, lost.seqNum),
      what: `records of writer ${writer} were acknowledged up to ${lost.seqNum + lost.count - 1}, and the stream ends at ${tail}`,
    }
  }
  for (const { stream, next } of readSoFar) {
    const tail = tails[stream]
    if (!isKnownTail(tail) || next <= tail) continue
    const what = `records up to ${next - 1} were read, and the stream ends at ${tail}`
    yield { anomaly: 'lost-append', stream: streams[stream] ?? '', seqNum: tail, what }
  }
}

const MOST_SHOWN = 20

function wrongAckOf(
  { stream, writer, wrongAcks: { first } }: WriterReport,
  streams: readonly string[],
): Integrity['first'] {
  if (first === undefined) return []
  const { sent, start, end } = first
  const was = sent === 0 ? 'had nothing under way' : `sent ${sent} records`
  const what = `writer ${writer} ${was}, and the ack says from ${start} to ${end}, which is ${end - start}`
  return [{ anomaly: 'wrong-ack', stream: streams[stream] ?? '', seqNum: start, what }]
}

function* compare(
  reader: ReaderReport,
  writers: readonly WriterReport[],
  streams: readonly string[],
): Generator<Violation, void, undefined> {
  const seen = new Map(reader.seen.map(({ writer, runs }) => [writer, runs]))
  const stream = streams[reader.stream] ?? ''
  for (const { writer, acked, refused, sent } of writers) {
    const read = runsIn(seen.get(writer) ?? new Uint8Array())
    yield* compareLogs({ stream, writer, acked: runsIn(acked), refused: runsIn(refused), read, sent })
  }
  const known = new Set(writers.map(({ writer }) => writer))
  for (const [writer, runs] of seen) {
    const [first] = runsIn(runs)
    if (known.has(writer) || first === undefined) continue
    yield {
      anomaly: 'phantom',
      stream,
      seqNum: first.seqNum,
      what: `records of writer ${writer}, which does not write here`,
    }
  }
}
