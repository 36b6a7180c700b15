import type { Finding } from './finding.ts'
import type { History } from './operation.ts'
import { type AppendOperation, isAppend, type Placed } from './placement.ts'

/** What took effect of a session is a prefix of what was sent, in its order (APP-046, APP-047, DUR-010). */
export function checkSessions({ operations }: History, placed: readonly Placed[]): readonly Finding[] {
  const sessions = new Map<string, AppendOperation[]>()
  for (const operation of operations) {
    if (!isAppend(operation) || operation.did.session === undefined) continue
    const session = sessions.get(operation.did.session)
    if (session === undefined) sessions.set(operation.did.session, [operation])
    else session.push(operation)
  }
  if (sessions.size === 0) return []
  const places = new Map<AppendOperation, number>()
  for (const { operation, start } of placed) {
    if (operation.did.session !== undefined) places.set(operation, start)
  }
  return [...sessions.values()].flatMap((session) => checkSession(session, places))
}

function checkSession(
  session: readonly AppendOperation[],
  places: ReadonlyMap<AppendOperation, number>,
): readonly Finding[] {
  const findings: Finding[] = []
  let before: AppendOperation | undefined
  let missing: AppendOperation | undefined
  for (const operation of session.toSorted((a, b) => a.called - b.called)) {
    const place = places.get(operation)
    if (place === undefined) missing ??= operation
    else if (missing !== undefined) {
      const why = `the batch at ${place} came after one of its session that has no place`
      findings.push({ anomaly: 'session-hole', operations: [missing, operation], why })
    } else if (before !== undefined && place < (places.get(before) ?? 0)) {
      const why = `the batch at ${place} was sent after the one at ${places.get(before)}`
      findings.push({ anomaly: 'reorder', operations: [before, operation], why })
    }
    if (place !== undefined) before = operation
  }
  return findings
}
