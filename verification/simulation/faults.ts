import type { Chance } from './chance.ts'

/** Everything that can go wrong beneath the server, and around it. */
export const FAULTS = {
  'slow write': 'the disk takes seconds to take bytes',
  'slow sync': 'the disk takes seconds to make them last',
  'slow read': 'the disk takes seconds to give bytes',
  'failed write': 'a write fails, and nothing of it is there',
  'short write': 'the disk is full in the middle of a write',
  'failed sync': 'a sync fails; what it was to keep is gone with the power, but not with the process',
  'failed read': 'a read fails, the next may succeed',
  'failed open': 'the store cannot be opened, the next time it can',
  'clock set back': 'the clock of the machine jumps back by up to a minute',
  'clock set forward': 'the clock of the machine jumps ahead by up to a minute',
  'late timer': 'a timer fires up to a twentieth of a second late',
  drain: 'the server is told to stop, and started again',
  'slow reader': 'a reader asks for no more for a long time',
  'reader gone': 'a reader leaves in the middle',
  'kill at rest': 'the process is killed while nothing is being written',
  'kill before a write': 'the process is killed with commits waiting',
  'kill in a write': 'the process is killed when a part of a group is written',
  'kill before a sync': 'the process is killed when all of a group is written',
  'kill before the answer': 'the process is killed when a group is synced and nobody was told',
  'kill in recovery': 'the process is killed while it opens the store',
  'power cut at rest': 'the power goes while nothing is being written',
  'power cut before a write': 'the power goes with commits waiting',
  'power cut in a write': 'the power goes when a part of a group is written',
  'power cut before a sync':
    'the power goes when all of a group is written and an unknown part of it is on the disk',
  'power cut before the answer': 'the power goes when a group is synced and nobody was told',
  'power cut in recovery': 'the power goes while the store is opened',
} as const

export type Fault = keyof typeof FAULTS

export const FAULT_NAMES: readonly Fault[] = Object.keys(FAULTS) as Fault[]

/** How a life ends that nobody asked to end. A process that dies leaves what it wrote with the operating system. */
export type Crash = 'kill' | 'power cut'

/** Where the disk stands when that happens. */
export type Moment =
  | 'at rest'
  | 'before a write'
  | 'in a write'
  | 'before a sync'
  | 'before the answer'
  | 'in recovery'

/** Those that strike where they stand a chance; a crash has its own. */
export type Chances = Readonly<Partial<Record<Exclude<Fault, `${Crash} ${Moment}`>, number>>>

/** How often each strikes, from 0 to 1 a time that it could. */
export interface Weather {
  readonly chances: Chances
  /** Of a crash, at each moment of a write or recovery. */
  readonly crash: number
  /** Microseconds between crashes that come at any time, about. */
  readonly crashEvery: number
}

export const CALM: Weather = { chances: {}, crash: 0, crashEvery: Number.POSITIVE_INFINITY }

/** Strikes by chance, and keeps the receipts. */
export class Faults {
  readonly counts: Map<Fault, number> = new Map()
  weather: Weather
  readonly #chance: Chance

  constructor(chance: Chance, weather: Weather) {
    this.#chance = chance
    this.weather = weather
  }

  strikes(fault: keyof Chances): boolean {
    const struck = this.#chance.happens(this.weather.chances[fault] ?? 0)
    if (struck) this.count(fault)
    return struck
  }

  /** Whether the life is to end at this moment, and how. */
  crash(moment: Moment): Crash | undefined {
    // A process waits for its first write, or opens its store, far less often than it writes.
    const rarity = moment === 'in recovery' ? 4 : 1
    return this.#chance.happens(this.weather.crash * rarity)
      ? this.#chance.oneOf(['kill', 'power cut'])
      : undefined
  }

  count(fault: Fault): void {
    this.counts.set(fault, (this.counts.get(fault) ?? 0) + 1)
  }
}
