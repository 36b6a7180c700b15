import type { Finding } from './finding.ts'
import type { History, Operation } from './operation.ts'
import type { Placed } from './placement.ts'
import type { RealTime } from './real-time.ts'

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
export function checkResurrections(
  { operations }: History,
  { byCall, byReturn }: RealTime,
): readonly Finding[] {
  const findings: Finding[] = []
  if (!operations.some(beganLate)) return findings
  let returned = 0
  let highest: Operation | undefined
  for (const index of byCall) {
    const operation = operations[index]
    if (operation === undefined || !returnedRecords(operation)) continue
    for (; returned < byReturn.length; returned++) {
      const next = operations[byReturn[returned] ?? 0]
      if (next === undefined || next.returned >= operation.called) break
      if (beganLate(next) && (highest === undefined || firstOf(next) > firstOf(highest))) highest = next
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

/** Later than asked for: what lay before had been trimmed. */
export const beganLate = (operation: Operation): boolean =>
  (operation.did.action === 'read' || operation.did.action === 'follow') &&
  firstOf(operation) > operation.did.from
