import type { Append, Ending } from '../../transport/appender.ts'
import type { BatchShape } from '../../workload/workload.ts'
import type { EngineParts } from './engine-parts.ts'
import type { Lane } from './lane.ts'
import { signalOrTimeout } from './signal-or-timeout.ts'

/** The appends of one thread that are under way: begins them, and counts and times how they end. */
export class InFlight {
  readonly #parts: EngineParts
  readonly #nextShape: () => BatchShape
  readonly #live = new Set<Append>()
  #bytes = 0
  #onIdle: () => void = () => {}

  constructor(parts: EngineParts, nextShape: () => BatchShape) {
    this.#parts = parts
    this.#nextShape = nextShape
  }

  /** Of bodies. */
  get bytes(): number {
    return this.#bytes
  }

  begin(lane: Lane, intendedUs: number): void {
    const { board, encoder } = this.#parts.wiring
    const shape = this.#nextShape()
    const index = lane.take(shape.length)
    const bytes = shape.reduce((sum, length) => sum + length, 0)
    const append: Append = {
      writer: lane.writer,
      index,
      count: shape.length,
      bytes,
      intendedUs,
      sentUs: intendedUs,
    }
    const stamped = Math.round(intendedUs + this.#parts.task.epochUs)
    this.#live.add(append)
    this.#bytes += bytes
    board.add('begun', 1)
    board.add('inFlight', 1)
    lane.appender.append(append, encoder.encode(shape, lane.writer, index, stamped))
  }

  /** False for one that was given up before. */
  ended(lane: Lane, append: Append, ending: Ending, timeUs: number): boolean {
    if (!this.#live.delete(append)) return false
    const { board, trace } = this.#parts.wiring
    this.#bytes -= append.bytes
    board.add('inFlight', -1)
    lane.ended(append, ending)
    board.add(ending.kind, 1)
    if (ending.kind === 'acked') {
      board.add('ackedRecords', append.count)
      board.add('ackedBytes', append.bytes)
    }
    if (this.#parts.isMeasured(append.intendedUs)) {
      trace?.add(append, timeUs)
      this.#time(append, ending, timeUs)
    }
    if (this.#live.size === 0) this.#onIdle()
    return true
  }

  /**
   * How long a target took not to append is not what it takes for an append: one that refuses, or is dead, does so in no time,
   * and nobody is to get faster by failing. What is given up counts all the same: it has taken longer than all others.
   */
  #time(append: Append, { kind }: Ending, timeUs: number): void {
    const { board } = this.#parts.wiring
    const { timed } = board
    if (kind !== 'acked') {
      board.add('untimed', 1)
      return
    }
    timed.response.record(timeUs - append.intendedUs)
    timed.service.record(timeUs - append.sentUs)
  }

  /** One that had not begun when the plan was over, late by so much: it counts with its age, as unfinished. */
  neverBegan(intendedUs: number, lagUs: number): void {
    const { board, now } = this.#parts.wiring
    board.add('begun', 1)
    board.add('unfinished', 1)
    if (!this.#parts.isMeasured(intendedUs)) return
    board.timed.lag.record(lagUs)
    board.timed.response.record(now() - intendedUs)
  }

  /** Resolves when nothing is under way, or after this time; what is counts with its age, as unfinished. */
  async drained(milliseconds: number): Promise<void> {
    if (this.#live.size > 0) await signalOrTimeout((resolve) => (this.#onIdle = resolve), milliseconds)
    const { board, now } = this.#parts.wiring
    for (const append of this.#live) {
      board.add('unfinished', 1)
      if (this.#parts.isMeasured(append.intendedUs)) board.timed.response.record(now() - append.intendedUs)
    }
    this.#live.clear()
  }
}
