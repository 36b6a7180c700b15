import { loadAead } from '../../reference-server/encryption/load-aead.ts'
import type { Bug, Seams } from './bugs/bug.ts'
import { HEALTHY } from './bugs/none.ts'
import { Chance } from './chance.ts'
import { SimulatedDisk } from './disk.ts'
import { type Fault, Faults } from './faults.ts'
import { type Evidence, judge } from './judge.ts'
import { Machine } from './machine.ts'
import { Observer } from './observer.ts'
import { play } from './play.ts'
import { Scheduler } from './scheduler.ts'
import { Trace } from './trace.ts'
import type { Report, Violation } from './violation.ts'
import { chooseWeather } from './weather.ts'
import { Witness } from './witness.ts'
import type { World } from './world.ts'

export interface SimulationOptions {
  readonly seed: number
  readonly bug?: Bug
  /** The canary: a disk that says it has synced and has not. */
  readonly lyingDisk?: boolean
  /** Keeps the lines of the trace. */
  readonly trace?: boolean
}

/** What became of one run. The same seed gives the same, to the last byte of the trace. */
export interface Outcome {
  readonly seed: number
  readonly violations: readonly Violation[]
  readonly faults: ReadonlyMap<Fault, number>
  readonly evidence: Evidence
  readonly operations: number
  readonly events: number
  readonly lives: number
  /** Virtual milliseconds. */
  readonly time: number
  readonly digest: string
  readonly trace: readonly string[]
}

/** A run that has not come to its end by then never will: the longest need a quarter of it. */
const MOST_EVENTS = 60_000

/** Loaded once: what a run waits for must be the simulation's. */
const LOADED = Promise.all([loadAead('aegis-256'), loadAead('aes-256-gcm')])

/** Runs the server through one life after another, as the seed has it, and judges what its clients saw. */
export async function simulate({ seed, bug, lyingDisk, trace: keep }: SimulationOptions): Promise<Outcome> {
  await LOADED
  const chance = new Chance(seed)
  const trace = new Trace(keep ?? false)
  const scheduler = new Scheduler(chance.fork(), trace)
  const violations: Violation[] = []
  const report: Report = (violation) => {
    scheduler.say(`VIOLATION ${violation.judge}: ${violation.what}`)
    violations.push(violation)
  }
  const witness = new Witness(() => scheduler.now)
  const faults = new Faults(chance.fork(), chooseWeather(chance))
  const disk: SimulatedDisk = new SimulatedDisk({
    chance: chance.fork(),
    faults,
    watch: witness,
    crash: (life, how, moment) => machine.crash(life, how, moment),
    misused: (how) => report({ judge: 'mistake', what: `the store was ${how}` }),
    lies: lyingDisk ?? false,
  })
  const machine: Machine = new Machine({
    scheduler,
    chance: chance.fork(),
    faults,
    disk,
    seams: seamsOf(bug),
    witness,
    report,
  })
  const now = (): number => scheduler.now
  const observer = new Observer({ witness, report, now, say: (line) => scheduler.say(line) })

  let over = false
  const world: World = { machine, scheduler, faults, observer, witness, report, over: () => over }
  let ended = false
  const close = (isOver: boolean): void => {
    over = isOver
  }
  const playing = play({ world, disk, chance: chance.fork(), close }).then(() => {
    ended = true
  })
  if (await scheduler.run(() => ended, MOST_EVENTS)) await playing
  else report({ judge: 'stuck', what: `after ${scheduler.events} events some client still waits` })

  const judged = judge({
    entries: witness.entries,
    observed: observer.observed,
    starts: machine.starts,
    followers: observer.followers,
  })
  return {
    seed,
    violations: [...violations, ...judged.violations],
    faults: faults.counts,
    evidence: judged.evidence,
    operations: observer.operations,
    events: scheduler.events,
    lives: machine.starts.length,
    time: Math.floor(scheduler.now / 1000),
    digest: trace.digest,
    trace: trace.lines ?? [],
  }
}

const seamsOf = (bug: Bug | undefined): Seams => ({ ...HEALTHY, ...bug?.seams() })
