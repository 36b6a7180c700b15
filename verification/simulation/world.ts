import type { Backend } from '../../reference-server/backend/backend.ts'
import { isRefusal, type Refusal } from '../../reference-server/semantics/refusal.ts'
import type { Chance } from './chance.ts'
import type { Faults } from './faults.ts'
import type { Life } from './life.ts'
import type { Machine } from './machine.ts'
import type { Observer } from './observer.ts'
import type { Scheduler } from './scheduler.ts'
import type { SimulatedStream } from './simulated-stream.ts'
import type { Report } from './violation.ts'
import type { Witness } from './witness.ts'

/** What clients of a simulation live in. */
export interface World {
  readonly machine: Machine
  readonly scheduler: Scheduler
  readonly faults: Faults
  readonly observer: Observer
  readonly witness: Witness
  readonly report: Report
  /** From here on clients finish what they do and go home. */
  over(): boolean
}

export const pause = ({ scheduler }: World, delay: number, what: string): Promise<void> =>
  new Promise((resolve) => {
    scheduler.after(delay, what, resolve)
  })

/** The answer of the server that runs now or next, or `died` if it did. A throw is the server's mistake. */
export async function ask<Answer>(
  world: World,
  send: (backend: Backend) => Promise<Answer>,
): Promise<Answer | 'died'> {
  const { backend, life } = await world.machine.up()
  return await survive(world, life, send(backend))
}

/** What this life answers, or `died` if that came first. */
export async function survive<Answer>(
  { report }: World,
  life: Life,
  answer: Promise<Answer>,
): Promise<Answer | 'died'> {
  if (!life.alive) return 'died'
  try {
    return await Promise.race([answer, life.died])
  } catch (error) {
    report({ judge: 'mistake', what: `an operation threw ${String(error)}` })
    return 'died'
  }
}

/** Whether it was done; a refusal or a death leaves it open or undone. */
export const isDone = <Answer extends object>(
  answer: Answer | Refusal | undefined | 'died',
): answer is Answer | undefined => answer === undefined || (answer !== 'died' && !isRefusal(answer))

/** Again and again, until the basin of this stream is known to be there. */
export async function makeBasin(world: World, chance: Chance, stream: SimulatedStream): Promise<void> {
  const { address, config } = stream
  while (!isDone(await ask<object>(world, (backend) => backend.ensureBasin(address.basin, config)))) {
    await pause(world, chance.delay(3_000), 'makes a basin again')
  }
}
