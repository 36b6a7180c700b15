import type { Finding } from './finding.ts'
import type { Action, History, Operation, Outcome } from './operation.ts'
import type { Placed } from './placement.ts'
import { type TrimPoint, trimPoints } from './trims.ts'

/**
 * The order of the log is known, so every answer says in which states of the log it can have been given. A state is
 * numbered by its tail t as 2t; the append that makes the tail t stands just before it, at 2t - 1.
 */
export interface Pin {
  readonly operation: Operation
  /** Where it may stand, as closed ranges in ascending order; one that may stand nowhere is a finding of its own. */
  readonly allowed: readonly (readonly [from: number, to: number])[]
}

export interface Pinned {
  readonly pins: readonly Pin[]
  readonly findings: readonly Finding[]
}

/** Pins all operations that say anything. `placed` accounts for the whole log. */
export function pinOperations({ operations, log }: History, placed: readonly Placed[]): Pinned {
  const ends = [0, ...placed.map(({ end }) => end)]
  const pins: Pin[] = []
  const findings: Finding[] = []
  const known: Known = {
    states: new Set(ends),
    stateFrom: statesFrom(placed, log.length),
    fences: fenceStretches(placed, log.length),
    trims: trimPoints(placed),
    ends: new Map(placed.map(({ operation, end }) => [operation, end])),
    length: log.length,
  }
  for (const operation of operations) {
    const allowed = allowedStates(operation, known)
    if (allowed === undefined) continue
    if (allowed.length === 0) findings.push(neverAllowed(operation))
    else pins.push({ operation, allowed })
  }
  return { pins, findings }
}

interface Known {
  /** Tails that the log ever had. */
  readonly states: ReadonlySet<number>
  /** For each number the lowest tail at or above it: a batch becomes visible as a whole. */
  readonly stateFrom: Uint32Array
  readonly fences: ReadonlyMap<string, readonly (readonly [from: number, to: number])[]>
  readonly trims: readonly TrimPoint[]
  readonly ends: ReadonlyMap<Operation, number>
  readonly length: number
}

function allowedStates(operation: Operation, known: Known): Pin['allowed'] | undefined {
  const { did, got } = operation
  const exactly = (tail: bigint): Pin['allowed'] => {
    const state = Number(tail)
    return known.states.has(state) ? [[2 * state, 2 * state]] : []
  }
  switch (got.outcome) {
    case 'acked':
    case 'unknown': {
      const end = known.ends.get(operation)
      return end === undefined ? undefined : [[2 * end - 1, 2 * end - 1]]
    }
    case 'seq-num-mismatch':
      return isJustified(did, 'matchSeqNum', got.actual) ? exactly(got.actual) : []
    case 'fencing-token-mismatch':
      return isJustified(did, 'fencingToken', got.actual) ? (known.fences.get(got.actual) ?? []) : []
    case 'tail':
      return exactly(got.tail.seqNum)
    case 'unwritten':
      return did.action === 'read' && got.tail.seqNum > did.from ? [] : exactly(got.tail.seqNum)
    case 'records':
      return did.action === 'read' || did.action === 'follow' ? readStates(did, got, known) : undefined
    case 'failed':
      return undefined
  }
}

/** Where a read can have ended: at or after the last that it returned, and after the trim that explains a late start. */
function readStates(
  did: Extract<Action, { from: bigint }>,
  { records, complete }: Extract<Outcome, { outcome: 'records' }>,
  { states, stateFrom, trims, length }: Known,
): Pin['allowed'] {
  const first = records[0]?.seqNum ?? did.from
  const next = Number(first) + records.length
  const explained = first > did.from ? trims.find(({ point }) => point >= first)?.state : 0
  const from = stateFrom[next]
  if (explained === undefined || from === undefined) return []
  if (!complete || did.action === 'follow' || records.length >= did.count) {
    return [[2 * Math.max(from, explained), 2 * length]]
  }
  const emptied = records.length > 0 ? [] : trims.filter(({ state, point }) => point === BigInt(state))
  return [
    ...(states.has(next) ? [next] : []),
    ...emptied.map(({ state }) => state).filter((state) => state > next),
  ]
    .filter((state) => state >= explained)
    .map((state) => [2 * state, 2 * state])
}

/** A refusal is about a condition that was made, and reports something else than was asked. */
function isJustified(
  did: Action,
  condition: 'matchSeqNum' | 'fencingToken',
  actual: bigint | string,
): boolean {
  return did.action === 'append' && did[condition] !== undefined && did[condition] !== actual
}

function statesFrom(placed: readonly Placed[], length: number): Uint32Array {
  const from = new Uint32Array(length + 1)
  for (const { start, end } of placed) from.fill(end, start + 1, end + 1)
  return from
}

/** For each token the stretches of states in which it was in force: from the batch that set it to the one that replaced it. */
function fenceStretches(placed: readonly Placed[], length: number): Known['fences'] {
  const stretches = new Map<string, [number, number][]>()
  let token = ''
  let from = 0
  const close = (to: number): void => {
    stretches.set(token, [...(stretches.get(token) ?? []), [2 * from, 2 * to]])
  }
  for (const { operation, start, end } of placed) {
    if (operation.did.fence === undefined) continue
    close(start)
    token = operation.did.fence
    from = end
  }
  close(length)
  return stretches
}

function neverAllowed(operation: Operation): Finding {
  const { got } = operation
  switch (got.outcome) {
    case 'seq-num-mismatch':
      return {
        anomaly: 'wrong-precondition',
        operations: [operation],
        why: `refused because the next number is ${got.actual}, which no state of the log justifies`,
      }
    case 'fencing-token-mismatch':
      return {
        anomaly: 'wrong-precondition',
        operations: [operation],
        why: `refused because the token is "${got.actual}", which no state of the log justifies`,
      }
    case 'records':
      return {
        anomaly: 'torn-batch',
        operations: [operation],
        why: `ended at ${got.records.length} records, which is inside a batch`,
      }
    case 'tail':
    case 'unwritten':
      return {
        anomaly: 'torn-batch',
        operations: [operation],
        why: `the tail ${got.tail.seqNum} is no state of the log, or does not fit the question`,
      }
    default:
      return { anomaly: 'phantom', operations: [operation], why: `${got.outcome} fits no state of the log` }
  }
}
