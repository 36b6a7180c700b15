import type { Clock } from '../../environment.ts'

/** What one client makes the server hold. After `leave` it holds nothing, and all calls do nothing. */
export interface Reservation {
  /** Holds this much more: at once (undefined), or from the moment on at which there is room for it. */
  take(bytes: number): Promise<void> | undefined
  /** Holds just this much, room or not. */
  hold(bytes: number): void
  /** While it is the server's turn to do something, the client is not given up for standing still. */
  busy(is: boolean): void
  leave(): void
}

/**
 * Bounds what is held for clients together while it is their turn: to send the rest of a body, or to take an answer. Who
 * needs more than there is waits, those first who came first, so that some get to their end. When more is held
 * than there is room for, or somebody has waited for a while without a break, the client is given up that has stood still
 * for longest, if that is longer than a short patience: one that moves is not given up for one that does not, and none for
 * a crowd that passes. Where all wait for each other, the last goes.
 */
export class MemoryBudget {
  readonly #limit: number
  readonly #clock: Clock
  #held = 0
  /** Of it, by those that wait for more. */
  #heldByWaiting = 0
  /** Those that hold something while it is their turn, who moved last at the end. */
  readonly #theirs: Set<Occupant> = new Set()
  /** In the order in which they came in. */
  readonly #waiting: Waiting[] = []
  #opened = 0
  /** Since when somebody has waited, without a break. */
  #crowdedSince: bigint | undefined
  #cancelTimer: (() => void) | undefined

  constructor(limit: number, clock: Clock) {
    this.#limit = limit
    this.#clock = clock
  }

  /** Bytes. */
  get held(): number {
    return this.#held
  }

  /** Whether somebody who comes now may hold so much at once. */
  hasRoom(bytes: number): boolean {
    return this.#waiting.length === 0 && (this.#held === 0 || this.#held + bytes <= this.#limit)
  }

  /** `giveUp` is called at most once, when the place has been taken away. */
  open(giveUp: () => void): Reservation {
    const occupant: Occupant = {
      number: this.#opened++,
      bytes: 0,
      movedAt: 0n,
      busy: false,
      waits: false,
      gone: false,
      giveUp,
    }
    return {
      take: (bytes) => this.#take(occupant, bytes),
      hold: (bytes) => this.#hold(occupant, bytes),
      busy: (is) => this.#setBusy(occupant, is),
      leave: () => this.#leave(occupant),
    }
  }

  #take(occupant: Occupant, bytes: number): Promise<void> | undefined {
    if (occupant.gone) return undefined
    if (this.#waiting.length === 0 && this.#fits(occupant, bytes)) {
      this.#set(occupant, occupant.bytes + bytes)
      return undefined
    }
    return new Promise((resolve) => {
      this.#waiting.splice(this.#firstFrom(occupant.number + 1), 0, { occupant, bytes, resolve })
      this.#setWaits(occupant, true)
      this.#theirs.delete(occupant)
      this.#settle()
    })
  }

  #hold(occupant: Occupant, bytes: number): void {
    if (occupant.gone) return
    this.#set(occupant, bytes)
    this.#settle()
  }

  #setBusy(occupant: Occupant, is: boolean): void {
    if (occupant.gone || occupant.busy === is) return
    occupant.busy = is
    this.#hold(occupant, occupant.bytes)
  }

  #leave(occupant: Occupant): void {
    if (occupant.gone) return
    this.#remove(occupant)
    this.#settle()
  }

  #remove(occupant: Occupant): void {
    this.#set(occupant, 0)
    occupant.gone = true
    const from = this.#firstFrom(occupant.number)
    const until = this.#firstFrom(occupant.number + 1)
    if (until > from) for (const { resolve } of this.#waiting.splice(from, until - from)) resolve()
    this.#setWaits(occupant, false)
  }

  /** Where those begin, among the ones that wait, that have this number or came later. */
  #firstFrom(number: number): number {
    let [from, until] = [0, this.#waiting.length]
    while (from < until) {
      const middle = (from + until) >> 1
      if ((this.#waiting[middle]?.occupant.number ?? number) < number) from = middle + 1
      else until = middle
    }
    return from
  }

  #setWaits(occupant: Occupant, waits: boolean): void {
    if (occupant.waits === waits) return
    occupant.waits = waits
    this.#heldByWaiting += waits ? occupant.bytes : -occupant.bytes
  }

  #set(occupant: Occupant, bytes: number): void {
    this.#held += bytes - occupant.bytes
    if (occupant.waits) this.#heldByWaiting += bytes - occupant.bytes
    occupant.bytes = bytes
    occupant.movedAt = this.#clock.now()
    this.#theirs.delete(occupant)
    if (bytes > 0 && !occupant.busy && !occupant.waits) this.#theirs.add(occupant)
  }

  /** Admits the waiting clients that fit. Under pressure, plans when to give up the client that has stalled for longest. */
  #settle(): void {
    this.#admit()
    while (this.#isPressed()) {
      const [stalest] = this.#theirs
      if (stalest !== undefined) {
        this.#comeBack(Math.max(this.#patienceLeft(stalest), 0))
        return
      }
      const last = this.#lastOfAllThatWait()
      if (last === undefined) break
      this.#giveUp(last)
    }
    this.#cancelTimer?.()
    this.#cancelTimer = undefined
  }

  /** Gives up clients whose patience has run out, longest stall first, until the pressure is gone. */
  #giveUpStalled(): void {
    while (this.#isPressed()) {
      const [stalest] = this.#theirs
      if (stalest === undefined || this.#patienceLeft(stalest) > 0) break
      this.#giveUp(stalest)
    }
    this.#settle()
  }

  #giveUp(occupant: Occupant): void {
    this.#remove(occupant)
    occupant.giveUp()
    this.#admit()
  }

  #isPressed(): boolean {
    this.#crowdedSince = this.#waiting.length > 0 ? (this.#crowdedSince ?? this.#clock.now()) : undefined
    return this.#waiting.length > 0 || this.#held > this.#limit
  }

  /** Milliseconds until this one may be given up; not above 0 when that is past. */
  #patienceLeft({ movedAt }: Occupant): number {
    const now = this.#clock.now()
    const left = PATIENCE_MS - Number(now - movedAt)
    // Who waits holds back what it would add; what is held beyond the room is there already.
    return this.#held > this.#limit
      ? left
      : Math.max(left, CROWD_MS - Number(now - (this.#crowdedSince ?? now)))
  }

  /** If whatever is held is held by those that wait. */
  #lastOfAllThatWait(): Occupant | undefined {
    if (this.#held === 0 || this.#heldByWaiting !== this.#held) return undefined
    return this.#waiting.findLast(({ occupant }) => occupant.bytes > 0)?.occupant
  }

  #admit(): void {
    let next = this.#waiting[0]
    while (next !== undefined && this.#fits(next.occupant, next.bytes)) {
      this.#waiting.shift()
      this.#setWaits(next.occupant, false)
      this.#set(next.occupant, next.occupant.bytes + next.bytes)
      next.resolve()
      next = this.#waiting[0]
    }
  }

  /**
   * Judges in the turn after the timer's. After a turn that took long, or a stop of the whole process, timers run before
   * the sockets are read: a client that moved in the meantime would look stalled.
   */
  #comeBack(milliseconds: number): void {
    this.#cancelTimer ??= this.#clock.timer(milliseconds, () => {
      setImmediate(() => {
        this.#cancelTimer = undefined
        this.#giveUpStalled()
      })
    })
  }

  /** One alone may hold whatever it needs. */
  #fits(occupant: Occupant, bytes: number): boolean {
    return this.#held === occupant.bytes || this.#held + bytes <= this.#limit
  }
}

/** Under pressure, a client that has not moved for this long is given up. */
const PATIENCE_MS = 1000

/** A crowd that has gone by then costs nobody a place: it takes a slow machine that long to serve it. */
const CROWD_MS = 3000

interface Occupant {
  readonly number: number
  bytes: number
  movedAt: bigint
  busy: boolean
  waits: boolean
  gone: boolean
  readonly giveUp: () => void
}

interface Waiting {
  readonly occupant: Occupant
  readonly bytes: number
  readonly resolve: () => void
}
