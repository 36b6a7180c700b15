import type { Database } from '../../reference-server/store/level-store.ts'
import type { Entry, Write } from '../../reference-server/store/store.ts'
import { StoreError } from '../../reference-server/store/store-error.ts'
import type { Chance } from './chance.ts'
import { Entries } from './entries.ts'
import type { Crash, Faults, Moment } from './faults.ts'
import type { Life } from './life.ts'

/** A group of writes in the disk's log. It counts only if all of its bytes are there, as its checksum tells. */
interface Frame {
  readonly writes: readonly Write[]
  readonly bytes: number
  /** What the operating system has taken. */
  written: number
  /**
   * `cached`: it may reach the disk or not. `synced`: it is there. `dropped`: a sync failed on it, and the operating
   * system will not try again; until the power goes it can still be read.
   */
  fate: 'cached' | 'synced' | 'dropped'
}

/** Told what became of writes. */
export interface DiskWatch {
  kept(write: Write): void
  lost(write: Write): void
}

export interface DiskParts {
  readonly chance: Chance
  readonly faults: Faults
  readonly watch: DiskWatch
  /** Ends the life at this moment of its writing, as a crash does. */
  readonly crash: (life: Life, how: Crash, moment: Moment) => void
  /** Told of what nobody may do to a disk. */
  readonly misused: (how: string) => void
  /** Says that it has synced and has not: the canary, which the judges must catch. */
  readonly lies?: boolean
}

/** Microseconds that a step takes, about; a slow one takes seconds. */
const STEP = 100
const SYNC = 400
const SLOW = 2_000_000

/**
 * A disk under a database with one log, as LevelDB has: a group is written behind the last one, synced, made visible, and
 * answered. Opening plays back the log up to the first group that is torn or missing. Below `groupCommit`, so that the
 * server's own store is what is tested.
 */
export class SimulatedDisk {
  readonly #parts: DiskParts
  #base: Entries = new Entries()
  #log: Frame[] = []
  #moment: Moment = 'at rest'

  constructor(parts: DiskParts) {
    this.#parts = parts
  }

  /** Where its writing stands. */
  get moment(): Moment {
    return this.#moment
  }

  /** What is stored, as of the last opening. */
  get stored(): Entries {
    return this.#base
  }

  /** Rejects with `StoreError` `open` where that fault strikes. */
  async open(life: Life): Promise<Database> {
    this.#moment = 'in recovery'
    await life.sleep(this.#parts.chance.delay(STEP), 'recovery begins')
    await this.#stand(life, 'in recovery')
    if (this.#parts.faults.strikes('failed open'))
      throw new StoreError('open', 'the simulated disk cannot be opened')
    await life.sleep(this.#parts.chance.delay(SYNC), 'recovery ends')
    this.#moment = 'at rest'
    return this.#database(life, this.#recover())
  }

  /** The process, or all of the machine, is gone. */
  crash(how: Crash): void {
    this.#moment = 'at rest'
    const kept = how === 'kill' ? this.#log.filter(isWhole) : this.#survivors()
    const survives = new Set(kept)
    for (const frame of this.#log) if (!survives.has(frame)) this.#lose(frame)
    this.#log = kept
  }

  /** Of what was not synced, as much as the disk had come to write; nothing counts behind a hole. */
  #survivors(): Frame[] {
    const { chance } = this.#parts
    const survivors: Frame[] = []
    for (const frame of this.#log) {
      const reached =
        frame.fate === 'synced' || (frame.fate === 'cached' && isWhole(frame) && chance.happens(0.5))
      if (!reached) break
      frame.fate = 'synced'
      survivors.push(frame)
    }
    return survivors
  }

  /** Plays back the log, which makes what is in it last. */
  #recover(): Entries {
    const table = new Entries(this.#base)
    for (const { writes } of this.#log) for (const write of writes) table.apply(write)
    if (this.#parts.lies) return table
    for (const { writes } of this.#log) for (const write of writes) this.#parts.watch.kept(write)
    this.#log = []
    this.#base = table
    return new Entries(table)
  }

  #database(life: Life, table: Entries): Database {
    let turn: Promise<void> = Promise.resolve()
    return {
      level: {
        get: async (key: Uint8Array) => {
          await this.#read(life)
          return table.get(key)
        },
        close: () => this.#close(life),
      },
      iterate: (range) => this.#iterator(life, table.range(range)),
      write: (writes) => {
        const mine = turn.then(() => this.#write(life, table, writes))
        turn = mine.catch(() => {})
        return mine
      },
    }
  }

  #iterator(life: Life, entries: readonly Entry[]): ReturnType<Database['iterate']> {
    let next = 0
    return {
      nextv: async (most) => {
        await this.#read(life)
        const some = entries.slice(next, next + this.#parts.chance.between(1, most))
        next += some.length
        return some.map(({ key, value }) => [key, value])
      },
      close: () => Promise.resolve(),
    }
  }

  async #close(life: Life): Promise<void> {
    if (this.#moment !== 'at rest') this.#parts.misused('closed with a write under way')
    await life.sleep(this.#parts.chance.delay(STEP), 'close')
  }

  async #read(life: Life): Promise<void> {
    const { chance, faults } = this.#parts
    await life.sleep(chance.delay(faults.strikes('slow read') ? SLOW : STEP), 'read')
    if (!faults.strikes('failed read')) return
    life.unread = true
    throw new Error('EIO: the simulated disk cannot be read here')
  }

  async #write(life: Life, table: Entries, writes: readonly Write[]): Promise<void> {
    const { chance, faults } = this.#parts
    this.#moment = 'before a write'
    await life.sleep(chance.delay(STEP), 'write begins')
    await this.#stand(life, 'before a write')
    if (faults.strikes('failed write')) throw this.#failure(life, 'EIO: the simulated disk takes no write')
    const frame: Frame = { writes, bytes: sizeOf(writes), written: 0, fate: 'cached' }
    this.#log.push(frame)
    await this.#take(life, frame)
    await this.#sync(life)
    for (const write of writes) table.apply(write)
    await this.#stand(life, 'before the answer')
    await life.sleep(chance.delay(STEP), 'write answered')
    this.#moment = 'at rest'
  }

  async #take(life: Life, frame: Frame): Promise<void> {
    const { chance, faults } = this.#parts
    for (let part = chance.between(1, 3); part > 0; part--) {
      await this.#stand(life, 'in a write')
      await life.sleep(chance.delay(faults.strikes('slow write') ? SLOW : STEP), 'part written')
      const left = frame.bytes - frame.written
      frame.written += Math.ceil(left / part)
      if (isWhole(frame) || !faults.strikes('short write')) continue
      throw this.#failure(life, 'ENOSPC: the simulated disk is full')
    }
  }

  async #sync(life: Life): Promise<void> {
    const { chance, faults, lies } = this.#parts
    await this.#stand(life, 'before a sync')
    await life.sleep(chance.delay(faults.strikes('slow sync') ? SLOW : SYNC), 'synced')
    const waiting = this.#log.filter(({ fate }) => fate === 'cached')
    if (faults.strikes('failed sync')) {
      for (const frame of waiting) if (chance.happens(0.7)) frame.fate = 'dropped'
      throw this.#failure(life, 'EIO: the simulated disk cannot sync')
    }
    for (const frame of waiting) {
      if (!lies) frame.fate = 'synced'
      for (const write of frame.writes) this.#parts.watch.kept(write)
    }
  }

  #failure(life: Life, message: string): Error {
    life.failedAt ??= life.now
    this.#moment = 'at rest'
    return new Error(message)
  }

  /** A place at which the life may end; then it never goes on. */
  #stand(life: Life, moment: Moment): Promise<void> {
    this.#moment = moment
    const how = this.#parts.faults.crash(moment)
    if (how === undefined) return Promise.resolve()
    this.#parts.crash(life, how, moment)
    return new Promise(() => {})
  }

  #lose(frame: Frame): void {
    for (const write of frame.writes) this.#parts.watch.lost(write)
  }
}

const isWhole = ({ written, bytes }: Frame): boolean => written === bytes

const sizeOf = (writes: readonly Write[]): number => writes.reduce((sum, { key }) => sum + key.length + 8, 0)
