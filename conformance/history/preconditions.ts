import type { Finding } from './finding.ts'
import type { Placed } from './placement.ts'

/** A batch that took effect, acknowledged or not, stands where its conditions held. */
export function checkPreconditions(placed: readonly Placed[]): readonly Finding[] {
  const findings: Finding[] = []
  let token = ''
  for (const { operation, start } of placed) {
    const { matchSeqNum, fencingToken, fence } = operation.did
    if (matchSeqNum !== undefined && matchSeqNum !== BigInt(start)) {
      findings.push({
        anomaly: 'wrong-precondition',
        operations: [operation],
        why: `appended at ${start}, on condition that the next number is ${matchSeqNum}`,
      })
    }
    if (fencingToken !== undefined && fencingToken !== token) {
      findings.push({
        anomaly: 'fence-breach',
        operations: [operation],
        why: `appended at ${start} with the token "${fencingToken}" while "${token}" was in force`,
      })
    }
    token = fence ?? token
  }
  return findings
}
