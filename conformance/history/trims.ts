import type { Finding } from './finding.ts'
import type { History, Operation } from './operation.ts'
import type { Placed } from './placement.ts'

/** From the batch on that makes the tail `state`, no record below `point` needs to be kept. */
export interface TrimPoint {
  readonly state: number
  readonly point: bigint
}

/** Each trim that moves the point forward: never past itself, though it may ask for that (CMD-016 to CMD-019). */
export function trimPoints(placed: readonly Placed[]): readonly TrimPoint[] {
  const points: TrimPoint[] = []
  for (const { operation, end } of placed) {
    const { trim } = operation.did
    if (trim === undefined) continue
    const point = trim < BigInt(end) ? trim : BigInt(end)
    if (point > (points.at(-1)?.point ?? 0n)) points.push({ state: end, point })
  }
  return points
}

/** A read that began late saw what lay before as trimmed: no read called after it returned may be given that again. */
export function checkResurrections({ operations }: History): readonly Finding[] {
  const byCall = operations.filter(returnedRecords).sort((a, b) => a.called - b.called)
  const byReturn = byCall.filter(beganLate).sort((a, b) => a.returned - b.returned)
  const findings: Finding[] = []
  let returned = 0
  let highest: Operation | undefined
  for (const operation of byCall) {
    for (
      let next = byReturn[returned];
      next !== undefined && next.returned < operation.called;
      next = byReturn[++returned]
    ) {
      if (highest === undefined || firstOf(next) > firstOf(highest)) highest = next
    }
    if (highest === undefined || firstOf(operation) >= firstOf(highest)) continue
    findings.push({
      anomaly: 'trim-resurrection',
      operations: [highest, operation],
      why: `number ${firstOf(operation)} was read after all below ${firstOf(highest)} had been seen trimmed`,
    })
  }
  return findings
}

const returnedRecords = ({ got }: Operation): boolean => got.outcome === 'records' && got.records.length > 0

const firstOf = ({ got }: Operation): bigint =>
  got.outcome === 'records' ? (got.records[0]?.seqNum ?? 0n) : 0n

const beganLate = (operation: Operation): boolean =>
  (operation.did.action === 'read' || operation.did.action === 'follow') &&
  firstOf(operation) > operation.did.from
