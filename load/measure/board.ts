import { recordOf } from '../record-of.ts'
import { type Counts, RECORDER_BYTES, Recorder } from './recorder.ts'

/**
 * What is timed. Of appends `response` counts from the planned moment to the acknowledgement, `service` from the moment
 * of sending, and `lag` is how much later than planned this generator began although there was room; `e2e` counts from the
 * planned moment to a reader.
 */
export const TIMED = ['response', 'service', 'lag', 'e2e', 'check-tail'] as const
export type Timed = (typeof TIMED)[number]

/**
 * What is counted; bytes are those of record bodies, `Wire` those that came over the network. `untimed` are appends that count,
 * ended without an ack, and are in no `response` and `service`.
 * `Measured` are those of the ones before them that made appends late that count.
 */
export const COUNTED = [
  'begun',
  'acked',
  'refused',
  'unknown',
  'unfinished',
  'untimed',
  'ackedRecords',
  'ackedBytes',
  'readRecords',
  'readBytes',
  'readWireBytes',
  'caughtUpRecords',
  'caughtUpBytes',
  'checkTailsBegun',
  'checkTails',
  'checkTailsFailed',
  'violations',
  'inFlight',
  'heldBack',
  'heldBackMeasured',
  'waited',
  'waitedMeasured',
  'waitedUs',
  'readersCut',
  'samples',
  'stalledSamples',
] as const
export type Counted = (typeof COUNTED)[number]

const COUNTER_BYTES = COUNTED.length * Float64Array.BYTES_PER_ELEMENT

export const BOARD_BYTES: number = COUNTER_BYTES + TIMED.length * RECORDER_BYTES

/** The numbers of one thread, which writes them; others read them whenever they like, and it costs the writer nothing. */
export class Board {
  readonly timed: Readonly<Record<Timed, Recorder>>
  readonly #counters: Float64Array

  constructor(memory: SharedArrayBuffer, Kind: typeof Recorder = Recorder) {
    this.#counters = new Float64Array(memory, 0, COUNTED.length)
    this.timed = recordOf(TIMED, (_name, index) => new Kind(memory, COUNTER_BYTES + index * RECORDER_BYTES))
  }

  add(name: Counted, amount: number): void {
    const index = PLACES[name]
    this.#counters[index] = (this.#counters[index] ?? 0) + amount
  }

  /** `add` for one name, to be called for every record. */
  counter(name: Counted): (amount: number) => void {
    const counters = this.#counters
    const index = PLACES[name]
    return (amount) => {
      counters[index] = (counters[index] ?? 0) + amount
    }
  }

  get(name: Counted): number {
    return this.#counters[PLACES[name]] ?? 0
  }

  snapshot(): Numbers {
    return {
      counted: recordOf(COUNTED, (name) => this.get(name)),
      timed: recordOf(TIMED, (name) => this.timed[name].snapshot()),
    }
  }
}

export interface Numbers {
  readonly counted: Readonly<Record<Counted, number>>
  readonly timed: Readonly<Record<Timed, Counts>>
}

const PLACES: Readonly<Record<Counted, number>> = recordOf(COUNTED, (_name, index) => index)
