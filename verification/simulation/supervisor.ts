import type { Chance } from './chance.ts'
import { pause, type World } from './world.ts'

/** Longest that an ill server is left running, in microseconds, about. */
const PATIENCE = 20_000
const ROUND = 5_000

/** Watches over the machine: crashes it at any time, drains it, sets its clock, and replaces a server that is ill. */
export async function supervise(world: World, chance: Chance): Promise<void> {
  const { faults, machine } = world
  let crash = chance.delay(faults.weather.crashEvery)
  while (!world.over()) {
    await pause(world, ROUND, 'supervisor')
    checkHealth(world)
    if (faults.strikes('clock set back')) machine.setClock(-chance.between(1, 60_000))
    if (faults.strikes('clock set forward')) machine.setClock(chance.between(1, 60_000))
    crash -= ROUND
    if (crash < 0) {
      await pause(world, chance.delay(ROUND), 'crash comes')
      machine.crashNow(chance.oneOf(['kill', 'power cut']))
      crash = chance.delay(faults.weather.crashEvery)
    } else if (machine.running?.backend.healthy() === false) {
      await pause(world, chance.delay(PATIENCE), 'ill for a while')
      await replace(world, chance)
    } else if (faults.strikes('drain')) await machine.drain()
  }
}

/** Ends the server, if it is ill, as an operator would. */
export async function replace({ machine }: World, chance: Chance): Promise<void> {
  if (machine.running?.backend.healthy() !== false) return
  if (chance.happens(0.5)) machine.crashNow(chance.oneOf(['kill', 'power cut']))
  else await machine.drain()
}

/** A write that failed has made the server ill, and it says so (APP-055). */
function checkHealth({ machine, report }: World): void {
  const { running } = machine
  if (running?.life.failedAt === undefined || !running.backend.healthy()) return
  report({ judge: 'fail-stop', what: 'a write has failed and the server calls itself healthy' })
}
