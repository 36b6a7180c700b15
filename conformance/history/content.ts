import type { Finding } from './finding.ts'
import type { History, Operation, Seen } from './operation.ts'
import type { Placed } from './placement.ts'
import { trimPoints } from './trims.ts'

/**
 * What was told once holds for ever: each record that a read returned, each position that an ack or a tail named, is the
 * log's, number, timestamp and body. Needs no times: the log is the witness. A read may begin late where the log was trimmed.
 */
export function checkContent({ operations, log }: History, placed: readonly Placed[]): readonly Finding[] {
  const trimmed = trimPoints(placed).at(-1)?.point ?? 0n
  return [
    ...checkTimestamps(log),
    ...operations.flatMap((operation) =>
      operation.got.outcome === 'records'
        ? checkRecords(operation, operation.got.records, log, trimmed)
        : checkPositions(operation, log),
    ),
  ]
}

function checkTimestamps(log: readonly Seen[]): readonly Finding[] {
  return log.flatMap(({ seqNum, timestamp }, index) => {
    const before = log[index - 1]
    if (before === undefined || timestamp >= before.timestamp) return []
    return [
      {
        anomaly: 'timestamp-regression' as const,
        operations: [],
        why: `${timestamp} at ${seqNum}, after ${before.timestamp}`,
      },
    ]
  })
}

function checkPositions(operation: Operation, log: readonly Seen[]): readonly Finding[] {
  const { got } = operation
  switch (got.outcome) {
    case 'acked':
      return [
        ...checkTimestamp(operation, log, got.start.seqNum, got.start.timestamp, 'the start of the ack'),
        ...checkTimestamp(operation, log, got.end.seqNum - 1n, got.end.timestamp, 'the end of the ack'),
      ]
    case 'tail':
    case 'unwritten': {
      const { seqNum, timestamp } = got.tail
      return seqNum === 0n ? [] : checkTimestamp(operation, log, seqNum - 1n, timestamp, 'the tail')
    }
    default:
      return []
  }
}

function checkRecords(
  operation: Operation,
  records: readonly Seen[],
  log: readonly Seen[],
  trimmed: bigint,
): readonly Finding[] {
  const { did } = operation
  const due = did.action === 'read' || did.action === 'follow' ? did.from : 0n
  const first = records[0]?.seqNum ?? due
  const from = first > due && first <= trimmed ? first : due
  return records.flatMap((seen, index) => checkRecord(operation, log, seen, from + BigInt(index)))
}

function checkRecord(
  operation: Operation,
  log: readonly Seen[],
  seen: Seen,
  expected: bigint,
): readonly Finding[] {
  const operations = [operation]
  if (seen.seqNum !== expected) {
    return [
      {
        anomaly: operation.did.action === 'follow' ? 'follow-skip' : 'gap',
        operations,
        why: `the read returned number ${seen.seqNum} where ${expected} was due`,
      },
    ]
  }
  const entry = log[Number(expected)]
  if (entry === undefined) {
    return [
      {
        anomaly: 'lost-append',
        operations,
        why: `number ${expected} was read as "${seen.body}" and is not in the log`,
      },
    ]
  }
  if (entry.body !== seen.body) {
    return [
      {
        anomaly: 'reorder',
        operations,
        why: `number ${expected} was read as "${seen.body}", the log has "${entry.body}"`,
      },
    ]
  }
  return checkTimestamp(operation, log, expected, seen.timestamp, `the record ${expected}`)
}

function checkTimestamp(
  operation: Operation,
  log: readonly Seen[],
  seqNum: bigint,
  told: bigint,
  what: string,
): readonly Finding[] {
  const entry = log[Number(seqNum)]
  if (entry === undefined || entry.timestamp === told) return []
  return [
    {
      anomaly: 'timestamp-regression',
      operations: [operation],
      why: `${what} has timestamp ${told}, the log has ${entry.timestamp} at ${seqNum}`,
    },
  ]
}
