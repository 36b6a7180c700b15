import type { Anomaly, Finding } from './finding.ts'
import type { History, Operation, Outcome } from './operation.ts'
import type { Placed } from './placement.ts'

/**
 * An ack tells of the tail, too, which may be beyond its batch where others append: a state of the log, at or behind the
 * end of the batch, made by a batch that had been sent when the ack came.
 */
export function checkAckTails({ operations, log }: History, placed: readonly Placed[]): readonly Finding[] {
  // For each state of the log when all batches up to it had been sent; never for what is no state.
  const sentAt = new Float64Array(log.length + 1).fill(NEVER)
  let latest = Number.NEGATIVE_INFINITY
  for (const { operation, end } of placed) {
    latest = Math.max(latest, operation.called)
    sentAt[end] = latest
  }
  const findings: Finding[] = []
  for (const operation of operations) {
    const { got } = operation
    if (got.outcome !== 'acked') continue
    const before = log[Number(got.tail.seqNum) - 1]?.timestamp
    const wrong = wrongIn(operation, got, sentAt[Number(got.tail.seqNum)] ?? NEVER, before)
    if (wrong === undefined) continue
    const [anomaly, why] = wrong
    findings.push({ anomaly, operations: [operation], why: `the tail ${got.tail.seqNum} of an ack ${why}` })
  }
  return findings
}

const NEVER = Number.POSITIVE_INFINITY

function wrongIn(
  { returned }: Operation,
  { end, tail }: Extract<Outcome, { outcome: 'acked' }>,
  sentAt: number,
  before: bigint | undefined,
): readonly [Anomaly, string] | undefined {
  if (tail.seqNum < end.seqNum) return ['stale-tail', `whose batch ends at ${end.seqNum}`]
  if (sentAt === NEVER) return ['torn-batch', 'is no state of the log']
  if (sentAt > returned) return ['future-read', 'tells of a batch that nobody had begun to append']
  if (before === tail.timestamp) return undefined
  return ['timestamp-regression', `has timestamp ${tail.timestamp}, the log has ${before} before it`]
}
