import type { Action, History, Operation, Outcome } from './operation.ts'
import { type AppendOperation, bodiesOf, isAppend } from './placement.ts'

interface State {
  readonly bodies: readonly string[]
  readonly token: string
  /** No record below needs to be kept. */
  readonly trimPoint: number
  /** Some read has seen that nothing below was kept. */
  readonly gone: number
  /** How many batches of each session have taken effect, and the sessions in which one has not. */
  readonly sessions: Readonly<Record<string, number>>
  readonly ended: readonly string[]
}

const START: State = { bodies: [], token: '', trimPoint: 0, gone: 0, sessions: {}, ended: [] }

/** What has an instant of its own: an operation, or the beginning or the end of a read, which takes its time. */
interface Instant {
  readonly operation: Operation
  readonly part: 'whole' | 'begin' | 'end'
  /** Of the append's session: how many were sent before it. */
  readonly nth: number
}

/**
 * The second opinion: Wing and Gong's search, which knows nothing of pins. It tries every order that real time allows
 * against the plain meaning of each operation, remembering dead ends, and then compares with the log. Exponential: for
 * histories of a dozen operations. Timestamps are not its business.
 */
export function isLinearizable({ operations, log }: History): boolean {
  const final = log.map(({ body }) => body).join('\n')
  const dead = new Set<string>()
  const search = (left: readonly Instant[], state: State): boolean => {
    if (left.every(isWithoutAnswer) && state.bodies.join('\n') === final) return true
    const key = keyOf(left, state)
    if (dead.has(key)) return false
    const horizon = Math.min(...left.map(({ operation }) => operation.returned))
    for (const instant of left) {
      if (instant.operation.called > horizon || waits(instant, left)) continue
      const rest = left.filter((other) => other !== instant)
      for (const after of step(state, instant)) if (search(rest, after)) return true
    }
    dead.add(key)
    return false
  }
  return search(instantsOf(operations), START)
}

const isWithoutAnswer = ({ operation }: Instant): boolean => operation.got.outcome === 'unknown'

function instantsOf(operations: readonly Operation[]): readonly Instant[] {
  const sent = operations.filter(isAppend).toSorted((a, b) => a.called - b.called)
  return operations.flatMap((operation): Instant[] => {
    const { did, got } = operation
    if (got.outcome === 'records' && got.records.length > 0)
      return (['begin', 'end'] as const).map((part) => ({ operation, part, nth: 0 }))
    if (!isAppend(operation) || did.action !== 'append') return [{ operation, part: 'whole', nth: 0 }]
    const ofSession = sent.filter((other) => other.did.session === did.session)
    return [{ operation, part: 'whole', nth: ofSession.indexOf(operation) }]
  })
}

/** A read begins before it ends. */
const waits = ({ operation, part }: Instant, left: readonly Instant[]): boolean =>
  part === 'end' && left.some((other) => other.operation === operation && other.part === 'begin')

const keyOf = (left: readonly Instant[], state: State): string =>
  JSON.stringify([left.map(({ operation, part }) => `${operation.id}${part}`), state])

/** The states after it: none when it cannot have been answered so in this state, two when its outcome is unknown. */
function step(state: State, { operation, part, nth }: Instant): readonly State[] {
  if (isAppend(operation)) return stepAppend(state, operation, nth)
  const { did, got } = operation
  if (got.outcome === 'records' && did.action !== 'append' && did.action !== 'check-tail') {
    if (part === 'begin') return begin(state, did, got)
    return holds(state, did, got) ? [state] : []
  }
  return observes(state, operation) ? [state] : []
}

function stepAppend(state: State, operation: AppendOperation, nth: number): readonly State[] {
  const { did, got } = operation
  const { session } = did
  const next = BigInt(state.bodies.length)
  const numberHolds = did.matchSeqNum === undefined || did.matchSeqNum === next
  const tokenHolds = did.fencingToken === undefined || did.fencingToken === state.token
  // What took effect of a session is all that was sent up to some batch.
  const isInOrder =
    session === undefined || (!state.ended.includes(session) && (state.sessions[session] ?? 0) === nth)
  const mayApply = numberHolds && tokenHolds && isInOrder
  const without =
    session === undefined ? state : { ...state, ended: [...new Set([...state.ended, session])].toSorted() }
  switch (got.outcome) {
    case 'seq-num-mismatch':
      return !numberHolds && got.actual === next ? [without] : []
    case 'fencing-token-mismatch':
      return !tokenHolds && got.actual === state.token ? [without] : []
    case 'acked':
      return mayApply && isAck(got, next, operation) ? [apply(state, operation)] : []
    case 'unknown':
      return mayApply ? [apply(state, operation), without] : [without]
    default:
      return [without]
  }
}

function apply(state: State, operation: AppendOperation): State {
  const { fence, trim, session } = operation.did
  const bodies = [...state.bodies, ...bodiesOf(operation)]
  const point = trim === undefined ? 0 : Math.min(Number(trim), bodies.length)
  const sessions =
    session === undefined
      ? state.sessions
      : { ...state.sessions, [session]: (state.sessions[session] ?? 0) + 1 }
  return {
    ...state,
    bodies,
    token: fence ?? state.token,
    trimPoint: Math.max(state.trimPoint, point),
    sessions,
  }
}

const isAck = (
  got: Extract<Outcome, { outcome: 'acked' }>,
  next: bigint,
  operation: AppendOperation,
): boolean => got.start.seqNum === next && got.end.seqNum === next + BigInt(bodiesOf(operation).length)

type Reading = Extract<Action, { action: 'read' | 'follow' }>
type Records = Extract<Outcome, { outcome: 'records' }>

/** It begins where it was told to, or behind that if all between is trimmed; what was seen trimmed does not come back. */
function begin(state: State, { from }: Reading, { records }: Records): readonly State[] {
  const first = Number(records[0]?.seqNum ?? from)
  if (first < state.gone || first < from) return []
  if (first > from && first > state.trimPoint) return []
  return [first > from ? { ...state, gone: first } : state]
}

/** It returned the log as it was when it ended, all of it that was asked for unless it may end before. */
function holds({ bodies, trimPoint }: State, did: Reading, { records, complete }: Records): boolean {
  if (records.length === 0) {
    const nothingLeft =
      (trimPoint === bodies.length && Number(did.from) < trimPoint) || Number(did.from) === bodies.length
    return !complete || did.action === 'follow' || nothingLeft
  }
  const first = Number(records[0]?.seqNum)
  const there = bodies.slice(first, did.action === 'read' ? first + did.count : bodies.length)
  const due = complete && did.action === 'read' ? there : there.slice(0, records.length)
  return (
    due.length === records.length &&
    records.every(({ body, seqNum }, index) => body === due[index] && seqNum === BigInt(first + index))
  )
}

function observes({ bodies }: State, { did, got }: Operation): boolean {
  const tail = BigInt(bodies.length)
  switch (got.outcome) {
    case 'tail':
      return got.tail.seqNum === tail
    case 'unwritten':
      return got.tail.seqNum === tail && did.action === 'read' && did.from >= tail
    default:
      return true
  }
}
