import type { Position } from '../../../proto/types.ts'
import type { Action, Operation, Outcome, Seen } from '../operation.ts'
import { big, integer, list, type Members, members, positionIn, recordIn, text, time } from './values.ts'

export { Inexact } from './values.ts'

type Append = Extract<Action, { action: 'append' }>

const CHECK_TAIL: Action = { action: 'check-tail' }
const UNKNOWN: Outcome = { outcome: 'unknown' }
const FAILED: Outcome = { outcome: 'failed' }

/**
 * Makes operations of lines. What an answer tells as the log has it is taken from the log: of a million operations there
 * is then one copy of each record.
 */
export class OperationReader {
  readonly #log: readonly Seen[]

  constructor(log: readonly Seen[]) {
    this.#log = log
  }

  read({ id, client, called, returned, did, got }: Members): Operation {
    const outcome = this.#outcome(members(got))
    return {
      id: integer(id, 'id'),
      client: integer(client, 'client'),
      called: time(called, 'called'),
      returned: returned === undefined ? Number.POSITIVE_INFINITY : time(returned, 'returned'),
      did: this.#action(members(did), outcome),
      got: outcome,
    }
  }

  #action(did: Members, got: Outcome): Action {
    switch (did.action) {
      case 'append':
        return this.#append(did, got)
      case 'read':
        return { action: 'read', from: big(did.from, 'from'), count: integer(did.count, 'count') }
      case 'follow':
        return { action: 'follow', from: big(did.from, 'from') }
      case 'check-tail':
        return CHECK_TAIL
      default:
        throw new TypeError(`"${did.action}" is no action`)
    }
  }

  #append({ bodies, fence, trim, session, matchSeqNum, fencingToken }: Members, got: Outcome): Append {
    const start = got.outcome === 'acked' ? Number(got.start.seqNum) : Number.NaN
    return {
      action: 'append',
      bodies: list(bodies, 'bodies').map((body, index) => this.#body(text(body, 'a body'), start + index)),
      ...(fence !== undefined && { fence: text(fence, 'fence') }),
      ...(trim !== undefined && { trim: big(trim, 'trim') }),
      ...(session !== undefined && { session: text(session, 'session') }),
      ...(matchSeqNum !== undefined && { matchSeqNum: big(matchSeqNum, 'matchSeqNum') }),
      ...(fencingToken !== undefined && { fencingToken: text(fencingToken, 'fencingToken') }),
    }
  }

  #outcome(got: Members): Outcome {
    switch (got.outcome) {
      case 'acked': {
        const end = positionIn(got.end)
        const tail = positionIn(got.tail)
        const isSame = tail.seqNum === end.seqNum && tail.timestamp === end.timestamp
        return {
          outcome: 'acked',
          start: this.#position(positionIn(got.start)),
          end,
          tail: isSame ? end : tail,
        }
      }
      case 'records': {
        const records = list(got.records, 'records').map((record) => this.#record(recordIn(record)))
        return { outcome: 'records', records, complete: got.complete === true }
      }
      case 'tail':
      case 'unwritten':
        return { outcome: got.outcome, tail: positionIn(got.tail) }
      case 'seq-num-mismatch':
        return { outcome: 'seq-num-mismatch', actual: big(got.actual, 'actual') }
      case 'fencing-token-mismatch':
        return { outcome: 'fencing-token-mismatch', actual: text(got.actual, 'actual') }
      case 'failed':
        return FAILED
      case 'unknown':
        return UNKNOWN
      default:
        throw new TypeError(`"${got.outcome}" is no outcome`)
    }
  }

  #position(position: Position): Position {
    const entry = this.#log[Number(position.seqNum)]
    return entry !== undefined && same(entry, position) ? entry : position
  }

  #record(record: Seen): Seen {
    const entry = this.#log[Number(record.seqNum)]
    return entry !== undefined && same(entry, record) && entry.body === record.body ? entry : record
  }

  #body(body: string, seqNum: number): string {
    const entry = this.#log[seqNum]
    return entry?.body === body ? entry.body : body
  }
}

const same = (one: Position, other: Position): boolean =>
  one.seqNum === other.seqNum && one.timestamp === other.timestamp
