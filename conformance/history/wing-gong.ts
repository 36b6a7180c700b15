import type { History, Operation, Outcome } from './operation.ts'
import { bodiesOf, isAppend } from './placement.ts'

interface State {
  readonly bodies: readonly string[]
  readonly token: string
}

/**
 * The second opinion: Wing and Gong's search, which knows nothing of pins. It tries every order that real time allows
 * against the plain meaning of each operation, remembering dead ends, and then compares with the log. Exponential: for
 * histories of a dozen operations. Timestamps are not its business.
 */
export function isLinearizable({ operations, log }: History): boolean {
  const final = log.map(({ body }) => body).join('\n')
  const dead = new Set<string>()
  const search = (left: readonly Operation[], state: State): boolean => {
    if (left.every(({ got }) => got.outcome === 'unknown') && state.bodies.join('\n') === final) return true
    const key = `${left.map(({ id }) => id).join(',')}|${state.bodies.join(',')}|${state.token}`
    if (dead.has(key)) return false
    const horizon = Math.min(...left.map(({ returned }) => returned))
    for (const operation of left.filter(({ called }) => called <= horizon)) {
      const rest = left.filter((other) => other !== operation)
      const after = step(state, operation)
      if (after !== undefined && search(rest, after)) return true
      if (operation.got.outcome === 'unknown' && search(rest, state)) return true
    }
    dead.add(key)
    return false
  }
  return search(operations, { bodies: [], token: '' })
}

/** The state after the operation, or undefined when it cannot have been answered so in this state. */
function step(state: State, operation: Operation): State | undefined {
  if (!isAppend(operation)) return observes(state, operation) ? state : undefined
  const { did, got } = operation
  const next = BigInt(state.bodies.length)
  const numberHolds = did.matchSeqNum === undefined || did.matchSeqNum === next
  const tokenHolds = did.fencingToken === undefined || did.fencingToken === state.token
  const appended = { bodies: [...state.bodies, ...bodiesOf(operation)], token: did.fence ?? state.token }
  switch (got.outcome) {
    case 'seq-num-mismatch':
      return !numberHolds && got.actual === next ? state : undefined
    case 'fencing-token-mismatch':
      return !tokenHolds && got.actual === state.token ? state : undefined
    case 'acked':
      return numberHolds && tokenHolds && isAck(got, next, operation) ? appended : undefined
    case 'unknown':
      return numberHolds && tokenHolds ? appended : undefined
    default:
      return state
  }
}

const isAck = (got: Extract<Outcome, { outcome: 'acked' }>, next: bigint, operation: Operation): boolean =>
  got.start.seqNum === next &&
  isAppend(operation) &&
  got.end.seqNum === next + BigInt(bodiesOf(operation).length)

function observes(state: State, { did, got }: Operation): boolean {
  const tail = BigInt(state.bodies.length)
  switch (got.outcome) {
    case 'tail':
      return got.tail.seqNum === tail
    case 'unwritten':
      return got.tail.seqNum === tail && did.action === 'read' && did.from >= tail
    case 'records': {
      if (did.action !== 'read') return false
      const there = state.bodies.slice(Number(did.from), Number(did.from) + did.count)
      const read = got.records.map(({ body }) => body)
      const compared = got.complete ? there : there.slice(0, read.length)
      return compared.length === read.length && compared.every((body, index) => body === read[index])
    }
    default:
      return true
  }
}
