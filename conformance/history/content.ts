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
  const findings = [...checkTimestamps(log)]
  for (const operation of operations) {
    const { got } = operation
    // One after the other into one array: a million answers are nearly all as they should be.
    if (got.outcome === 'records') checkRecords(operation, got.records, log, trimmed, findings)
    else checkPositions(operation, log, findings)
  }
  return findings
}

function checkTimestamps(log: readonly Seen[]): readonly Finding[] {
  const findings: Finding[] = []
  let before: Seen | undefined
  for (let index = 0; index < log.length; index++) {
    const record = log[index]
    if (before !== undefined && record !== undefined && record.timestamp < before.timestamp) {
      const why = `${record.timestamp} at ${index}, after ${before.timestamp}`
      findings.push({ anomaly: 'timestamp-regression', operations: [], why })
    }
    before = record
  }
  return findings
}

function checkPositions(operation: Operation, log: readonly Seen[], findings: Finding[]): void {
  const { got } = operation
  switch (got.outcome) {
    case 'acked':
      checkTimestamp(
        operation,
        log,
        Number(got.start.seqNum),
        got.start.timestamp,
        'the start of the ack',
        findings,
      )
      checkTimestamp(
        operation,
        log,
        Number(got.end.seqNum) - 1,
        got.end.timestamp,
        'the end of the ack',
        findings,
      )
      return
    case 'tail':
    case 'unwritten': {
      const { seqNum, timestamp } = got.tail
      if (seqNum > 0n) checkTimestamp(operation, log, Number(seqNum) - 1, timestamp, 'the tail', findings)
      else if (timestamp !== 0n) {
        const why = `the tail of an empty stream has timestamp ${timestamp}`
        findings.push({ anomaly: 'timestamp-regression', operations: [operation], why })
      }
      return
    }
    default:
  }
}

function checkRecords(
  operation: Operation,
  records: readonly Seen[],
  log: readonly Seen[],
  trimmed: bigint,
  findings: Finding[],
): void {
  const { did } = operation
  const due = did.action === 'read' || did.action === 'follow' ? did.from : 0n
  const first = records[0]?.seqNum ?? due
  const from = Number(first > due && first <= trimmed ? first : due)
  if (did.action === 'read' && records.length > did.count) {
    const why = `${records.length} records were read where ${did.count} were asked for`
    findings.push({ anomaly: 'overrun', operations: [operation], why })
  }
  for (let index = 0; index < records.length; index++) {
    const seen = records[index]
    // A history that was loaded shares what is as the log has it.
    if (seen === undefined || seen === log[from + index]) continue
    checkRecord(operation, log, seen, from + index, findings)
  }
}

function checkRecord(
  operation: Operation,
  log: readonly Seen[],
  seen: Seen,
  expected: number,
  findings: Finding[],
): void {
  const entry = log[expected]
  const found = (anomaly: Finding['anomaly'], why: string): void =>
    void findings.push({ anomaly, operations: [operation], why })
  if (Number(seen.seqNum) !== expected) {
    const anomaly = operation.did.action === 'follow' ? 'follow-skip' : 'gap'
    found(anomaly, `the read returned number ${seen.seqNum} where ${expected} was due`)
  } else if (entry === undefined)
    found('lost-append', `number ${expected} was read as "${seen.body}" and is not in the log`)
  else if (entry.body !== seen.body)
    found('reorder', `number ${expected} was read as "${seen.body}", the log has "${entry.body}"`)
  else checkTimestamp(operation, log, expected, seen.timestamp, `the record ${expected}`, findings)
}

function checkTimestamp(
  operation: Operation,
  log: readonly Seen[],
  seqNum: number,
  told: bigint,
  what: string,
  findings: Finding[],
): void {
  const entry = log[seqNum]
  if (entry === undefined || entry.timestamp === told) return
  const why = `${what} has timestamp ${told}, the log has ${entry.timestamp} at ${seqNum}`
  findings.push({ anomaly: 'timestamp-regression', operations: [operation], why })
}
