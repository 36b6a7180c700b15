import type { Finding } from './finding.ts'
import type { History, Operation, Seen } from './operation.ts'

/**
 * What was told once holds for ever: each record that a read returned, each position that an ack or a tail named, is the
 * log's, number, timestamp and body. Needs no times: the log is the witness.
 */
export function checkContent({ operations, log }: History): readonly Finding[] {
  return [...checkTimestamps(log), ...operations.flatMap((operation) => checkOne(operation, log))]
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

function checkOne(operation: Operation, log: readonly Seen[]): readonly Finding[] {
  const { did, got } = operation
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
    case 'records':
      return got.records.flatMap((seen, index) => {
        const from = did.action === 'read' ? did.from : 0n
        return checkRecord(operation, log, seen, from + BigInt(index))
      })
    default:
      return []
  }
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
        anomaly: 'gap',
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
