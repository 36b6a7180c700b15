import type { Finding } from './finding.ts'
import type { Action, History, Operation, Outcome } from './operation.ts'
import type { Placed } from './placement.ts'
import { type TrimPoint, trimPoints } from './trims.ts'

/** Closed ranges of places, ascending and apart. */
export type Ranges = readonly (readonly [from: number, to: number])[]

/**
 * The order of the log is known, so every answer says in which states of the log it can have been given. A state is
 * numbered by its tail t as 2t; the append that makes the tail t stands just before it, at 2t - 1. Nearly all operations
 * have one range, and typed arrays hold it: `from` is above `to` where the operation says nothing.
 */
export interface Pins {
  readonly from: Float64Array
  readonly to: Float64Array
  /** Operations with more than one range, by their index. */
  readonly ranges: ReadonlyMap<number, Ranges>
}

export interface Pinned {
  readonly pins: Pins
  readonly findings: readonly Finding[]
}

/** Pins all operations that say anything. `placed` accounts for the whole log. */
export function pinOperations({ operations, log }: History, placed: readonly Placed[]): Pinned {
  const from = new Float64Array(operations.length).fill(1)
  const to = new Float64Array(operations.length)
  const ranges = new Map<number, Ranges>()
  const findings: Finding[] = []
  const known = knownOf(placed, log.length)
  for (let index = 0; index < operations.length; index++) {
    const operation = operations[index]
    if (operation === undefined) continue
    const allowed = allowedPlaces(operation, known)
    if (allowed === undefined) continue
    if (typeof allowed === 'number') {
      from[index] = allowed
      to[index] = allowed
      continue
    }
    const [first] = allowed
    if (first === undefined) {
      findings.push(neverAllowed(operation))
      continue
    }
    from[index] = first[0]
    to[index] = first[1]
    if (allowed.length > 1) ranges.set(index, allowed)
  }
  return { pins: { from, to, ranges }, findings }
}

interface Known {
  /** 1 for each tail that the log ever had. */
  readonly states: Uint8Array
  /** For each number the lowest tail at or above it: a batch becomes visible as a whole. */
  readonly stateFrom: Uint32Array
  readonly fences: ReadonlyMap<string, Ranges>
  readonly trims: readonly TrimPoint[]
  readonly ends: ReadonlyMap<Operation, number>
  readonly length: number
}

function knownOf(placed: readonly Placed[], length: number): Known {
  const states = new Uint8Array(length + 1)
  const stateFrom = new Uint32Array(length + 1)
  const ends = new Map<Operation, number>()
  states[0] = 1
  for (const { operation, start, end } of placed) {
    states[end] = 1
    stateFrom.fill(end, start + 1, end + 1)
    // An ack says where its batch ends, and that has been looked at.
    if (operation.got.outcome !== 'acked') ends.set(operation, end)
  }
  return {
    states,
    stateFrom,
    ends,
    fences: fenceStretches(placed, length),
    trims: trimPoints(placed),
    length,
  }
}

/** A single place, ranges of them, none at all, or undefined for one that says nothing. */
function allowedPlaces(operation: Operation, known: Known): number | Ranges | undefined {
  const { did, got } = operation
  switch (got.outcome) {
    case 'acked':
      return 2 * Number(got.end.seqNum) - 1
    case 'unknown': {
      const end = known.ends.get(operation)
      return end === undefined ? undefined : 2 * end - 1
    }
    case 'seq-num-mismatch':
      return isJustified(did, 'matchSeqNum', got.actual) ? exactly(got.actual, known) : NOWHERE
    case 'fencing-token-mismatch':
      return isJustified(did, 'fencingToken', got.actual)
        ? (known.fences.get(got.actual) ?? NOWHERE)
        : NOWHERE
    case 'tail':
      return exactly(got.tail.seqNum, known)
    case 'unwritten':
      return did.action === 'read' && got.tail.seqNum > did.from ? NOWHERE : exactly(got.tail.seqNum, known)
    case 'records':
      return did.action === 'read' || did.action === 'follow' ? readPlaces(did, got, known) : undefined
    case 'failed':
      return undefined
  }
}

const NOWHERE: Ranges = []

function exactly(tail: bigint, { states }: Known): number | Ranges {
  const state = Number(tail)
  return states[state] === 1 ? 2 * state : NOWHERE
}

/** Where a read can have ended: at or after the last that it returned, and after the trim that explains a late start. */
function readPlaces(
  did: Extract<Action, { from: bigint }>,
  { records, complete }: Extract<Outcome, { outcome: 'records' }>,
  { states, stateFrom, trims, length }: Known,
): Ranges {
  const first = records[0]?.seqNum ?? did.from
  const next = Number(first) + records.length
  const explained = first > did.from ? trims.find(({ point }) => point >= first)?.state : 0
  const from = stateFrom[next]
  if (explained === undefined || from === undefined) return NOWHERE
  if (!complete || did.action === 'follow' || records.length >= did.count) {
    return [[2 * Math.max(from, explained), 2 * length]]
  }
  const emptied = records.length > 0 ? [] : trims.filter(({ state, point }) => point === BigInt(state))
  return [
    ...(states[next] === 1 ? [next] : []),
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

/** For each token the stretches of states in which it was in force: from the batch that set it to the one that replaced it. */
function fenceStretches(placed: readonly Placed[], length: number): Known['fences'] {
  const stretches = new Map<string, [number, number][]>()
  let token = ''
  let from = 0
  const close = (to: number): void => {
    const stretch: [number, number] = [2 * from, 2 * to]
    const before = stretches.get(token)
    if (before === undefined) stretches.set(token, [stretch])
    else before.push(stretch)
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
  const because = (anomaly: Finding['anomaly'], why: string): Finding => ({
    anomaly,
    operations: [operation],
    why,
  })
  switch (got.outcome) {
    case 'seq-num-mismatch':
      return because(
        'wrong-precondition',
        `refused because the next number is ${got.actual}, which no state of the log justifies`,
      )
    case 'fencing-token-mismatch':
      return because(
        'wrong-precondition',
        `refused because the token is "${got.actual}", which no state of the log justifies`,
      )
    case 'records':
      return because('torn-batch', `ended at ${got.records.length} records, which is inside a batch`)
    case 'tail':
    case 'unwritten':
      return because(
        'torn-batch',
        `the tail ${got.tail.seqNum} is no state of the log, or does not fit the question`,
      )
    default:
      return because('phantom', `${got.outcome} fits no state of the log`)
  }
}
