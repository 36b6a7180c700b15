import type { Clock } from '../environment.ts'
import { type Refusal, refuse, refuseForNow } from '../semantics/refusal.ts'
import { checkFault } from './check.ts'
import type { Faults, FiredFault, PlannedFault } from './faults.ts'
import type {
  CutReadOptions,
  DelayOptions,
  FaultKind,
  LoseAckOptions,
  RefuseOptions,
  StreamFilter,
} from './options.ts'

/** A request, or a batch of an append session, at which a fault may fire. */
export interface FaultPoint {
  readonly operations: readonly string[]
  readonly basin: string | undefined
  readonly stream: string | undefined
}

interface Planned<Effect> extends PlannedFault {
  readonly effect: Effect
  matches(point: FaultPoint): boolean
  fire(point: FaultPoint): void
}

interface Filter extends StreamFilter {
  readonly operation: string
}

/** The faults of one server: planned by a test, fired by the HTTP layer. */
export class FaultPlan implements Faults {
  readonly #clock: Clock
  #refusals: readonly Planned<Refusal>[] = []
  #lostAcks: readonly Planned<true>[] = []
  #cutReads: readonly Planned<number>[] = []
  #delays: readonly Planned<number>[] = []
  #fired: FiredFault[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  refuse(options: RefuseOptions): PlannedFault {
    checkFault('refuse', { ...options })
    const fault = this.#plan('refuse', options, options.times, refusalOf(options))
    this.#refusals = [...this.#refusals, fault]
    return fault
  }

  loseAck(options: LoseAckOptions = {}): PlannedFault {
    checkFault('lose-ack', { ...options })
    const fault = this.#plan('lose-ack', { ...options, operation: 'append' }, options.times, true as const)
    this.#lostAcks = [...this.#lostAcks, fault]
    return fault
  }

  cutRead(options: CutReadOptions): PlannedFault {
    checkFault('cut-read', { ...options })
    const filter = { ...options, operation: 'read' }
    const fault = this.#plan('cut-read', filter, options.times, options.afterRecords)
    this.#cutReads = [...this.#cutReads, fault]
    return fault
  }

  delay(options: DelayOptions): PlannedFault {
    checkFault('delay', { ...options })
    const fault = this.#plan('delay', options, options.times, options.ms)
    this.#delays = [...this.#delays, fault]
    return fault
  }

  planned(): readonly PlannedFault[] {
    return [...this.#refusals, ...this.#lostAcks, ...this.#cutReads, ...this.#delays].filter(isPending)
  }

  fired(): readonly FiredFault[] {
    return [...this.#fired]
  }

  clear(): void {
    this.#refusals = []
    this.#lostAcks = []
    this.#cutReads = []
    this.#delays = []
  }

  /** Also forgets what fired. */
  reset(): void {
    this.clear()
    this.#fired = []
  }

  /** Fires a refusal. */
  refusal(point: FaultPoint): Refusal | undefined {
    return take(this.#refusals, point)?.effect
  }

  /** Fires the loss of an ack. */
  losesAck(point: FaultPoint): boolean {
    return take(this.#lostAcks, point) !== undefined
  }

  /** Fires a delay, in milliseconds. */
  delayOf(point: FaultPoint): number | undefined {
    return take(this.#delays, point)?.effect
  }

  /** Returns the number of records after which a read would be cut, without firing the fault. */
  cutAfter(point: FaultPoint): number | undefined {
    return find(this.#cutReads, point)?.effect
  }

  /** Fires the cut after exactly so many records, unless another read took it. */
  cutsRead(point: FaultPoint, afterRecords: number): boolean {
    const due = this.#cutReads.filter(({ effect }) => effect === afterRecords)
    return take(due, point) !== undefined
  }

  #plan<Effect>(kind: FaultKind, filter: Filter, times = 1, effect: Effect): Planned<Effect> {
    const fired: FiredFault[] = []
    let remaining = times
    return {
      kind,
      effect,
      fired,
      get remaining() {
        return remaining
      },
      matches: (point) => remaining > 0 && isMatch(filter, point),
      fire: (point) => {
        remaining--
        const firing = this.#note(kind, point)
        fired.push(firing)
      },
      clear() {
        remaining = 0
      },
    }
  }

  #note(kind: FaultKind, { operations, basin, stream }: FaultPoint): FiredFault {
    const firing = { kind, operation: operations[0] ?? 'none', basin, stream, time: this.#clock.now() }
    this.#fired.push(firing)
    if (this.#fired.length > MAX_FIRED) this.#fired.shift()
    return firing
  }
}

const MAX_FIRED = 1000

const isPending = ({ remaining }: PlannedFault): boolean => remaining > 0

const find = <Effect>(planned: readonly Planned<Effect>[], point: FaultPoint): Planned<Effect> | undefined =>
  planned.find((fault) => fault.matches(point))

function take<Effect>(planned: readonly Planned<Effect>[], point: FaultPoint): Planned<Effect> | undefined {
  const fault = find(planned, point)
  fault?.fire(point)
  return fault
}

function isMatch({ operation, basin, stream }: Filter, point: FaultPoint): boolean {
  return (
    (operation === 'any' || point.operations.includes(operation)) &&
    (basin === undefined || basin === point.basin) &&
    (stream === undefined || stream === point.stream)
  )
}

function refusalOf({ code, retryAfterMs }: RefuseOptions): Refusal {
  const message = 'refused by a planned fault'
  return retryAfterMs === undefined ? refuse(code, message) : refuseForNow(code, message, retryAfterMs)
}
