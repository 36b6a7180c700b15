import type { Backend } from '../../reference-server/backend/backend.ts'
import { createBackend } from '../../reference-server/backend/create-backend.ts'
import type { BackendOptions } from '../../reference-server/backend/options.ts'
import { type Flavor, LITE } from '../../reference-server/semantics/resources/flavor.ts'
import { PUBLIC_LOCATIONS } from '../../reference-server/semantics/resources/locations.ts'
import { levelStore } from '../../reference-server/store/level-store.ts'
import { StoreError } from '../../reference-server/store/store-error.ts'
import type { Seams } from './bugs/bug.ts'
import type { Chance } from './chance.ts'
import type { SimulatedDisk } from './disk.ts'
import type { Crash, Faults, Moment } from './faults.ts'
import { clockAt, Life } from './life.ts'
import type { Scheduler } from './scheduler.ts'
import type { Report } from './violation.ts'
import type { Witness } from './witness.ts'

export interface MachineParts {
  readonly scheduler: Scheduler
  readonly chance: Chance
  readonly faults: Faults
  readonly disk: SimulatedDisk
  readonly seams: Seams
  readonly witness: Witness
  readonly report: Report
}

/** A server that is up. */
export interface Running {
  readonly life: Life
  readonly backend: Backend
}

/** Small, so that a short run meets what they bound. */
export const OPTIONS: BackendOptions = {
  trimDelay: 20,
  // Streams are let go of when the garbage collector comes, which no seed decides.
  idleTime: 1e12,
  sweepInterval: 1e6,
  deleteOnEmptyGrace: 0,
  recentBatches: 3,
  recentBytes: 2000n,
  recentMemory: 20_000,
  removedAtOnce: 2,
  expiredTokenSweep: 1e6,
  locations: PUBLIC_LOCATIONS,
}

/** What is deleted goes so soon that a short run sees it go. */
const FLAVOR: Flavor = { ...LITE, limits: { ...LITE.limits, deletion: 10 } }

/** How often in a row it may fail to start without a fault that explains it. */
const MOST_TRIES = 3

/** The machine a server runs on: it crashes and comes back, is told to drain, and has a clock that is set. */
export class Machine {
  /** When servers came up, in virtual microseconds. */
  readonly starts: number[] = []
  readonly #parts: MachineParts
  #skew = 0
  #lives = 0
  #life: Life | undefined
  #running: Running | undefined
  #up: PromiseWithResolvers<Running> = Promise.withResolvers()
  #unexplained = 0
  #given = false

  constructor(parts: MachineParts) {
    this.#parts = parts
  }

  /** The server, once there is one; it may be ill. */
  get running(): Running | undefined {
    return this.#running
  }

  /** The server that runs, or the next that does. */
  up(): Promise<Running> {
    return this.#up.promise
  }

  /** What its clock shows. */
  time(): bigint {
    return clockAt(this.#parts.scheduler.now, this.#skew)
  }

  setClock(milliseconds: number): void {
    this.#skew += milliseconds
    this.#parts.scheduler.say(`clock set by ${milliseconds} ms`)
  }

  /** At whatever moment the disk is; the server is started again after a while. */
  crashNow(how: Crash): void {
    if (this.#life !== undefined) this.crash(this.#life, how, this.#parts.disk.moment)
  }

  crash(life: Life, how: Crash, moment: Moment): void {
    if (!life.alive) return
    this.#parts.faults.count(`${how} ${moment}`)
    this.#parts.scheduler.say(`${how} ${moment}`)
    this.#end(life, how)
    this.startLater()
  }

  /** Stops the server as a signal does, and starts it again. Resolves when it is down, however that came. */
  async drain(): Promise<void> {
    const running = this.#running
    if (running === undefined || this.#given) return
    this.#given = true
    this.#parts.scheduler.say('drain')
    await Promise.race([running.backend.close(), running.life.died])
    if (!running.life.alive) return
    this.#end(running.life, 'kill')
    this.startLater()
  }

  startLater(): void {
    const { chance, scheduler } = this.#parts
    scheduler.after(chance.delay(5_000), 'start', () => void this.#start())
  }

  #end(life: Life, how: Crash): void {
    life.end()
    this.#life = undefined
    if (this.#running !== undefined) this.#up = Promise.withResolvers()
    this.#running = undefined
    this.#given = false
    this.#parts.disk.crash(how)
  }

  async #start(): Promise<void> {
    const { chance, faults, report, scheduler } = this.#parts
    const life = new Life({ number: ++this.#lives, scheduler, chance: chance.fork(), faults })
    this.#life = life
    try {
      const backend = await this.#create(life)
      this.#running = { life, backend }
      this.starts.push(scheduler.now)
      this.#unexplained = 0
      scheduler.say(`life ${life.number} is up`)
      this.#up.resolve(this.#running)
    } catch (error) {
      if (!life.alive) return
      scheduler.say(`life ${life.number} did not start: ${String(error)}`)
      const explained = error instanceof StoreError && (error.fault === 'open' || life.unread)
      if (!explained) report({ judge: 'recovery', what: `the server does not start: ${String(error)}` })
      if (!explained && ++this.#unexplained === MOST_TRIES) return
      this.#end(life, 'kill')
      this.startLater()
    }
  }

  async #create(life: Life): Promise<Backend> {
    const { chance, disk, report, seams, witness } = this.#parts
    const database = seams.database(await disk.open(life))
    witness.recovered()
    const store = witness.watchStore(seams.store(seams.open(database, levelStore)))
    const backend = await createBackend({
      rules: witness.watchRules({ ...seams.rules(), flavor: FLAVOR }),
      store,
      clock: life.clock(() => this.#skew),
      random: chance.fork().random,
      options: OPTIONS,
      report(error) {
        if (error instanceof StoreError && (life.failedAt !== undefined || life.unread)) return
        report({ judge: 'mistake', what: `in the background: ${String(error)}` })
      },
    })
    return seams.backend(backend)
  }
}
