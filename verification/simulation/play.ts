import { isRefusal } from '../../reference-server/semantics/refusal.ts'
import type { BasinName } from '../../reference-server/semantics/resources/names.ts'
import { BASINS, type Cast, chooseCast } from './cast.ts'
import type { Chance } from './chance.ts'
import { readOnce } from './clients/visitor.ts'
import type { SimulatedDisk } from './disk.ts'
import { CALM, type Weather } from './faults.ts'
import { countRemains, countTrimmed } from './remains.ts'
import { replace, supervise } from './supervisor.ts'
import { ask, pause, type World } from './world.ts'

/** Long enough for every slow answer, slow reader and trim that is under way. */
const QUIET = 3_000_000

export interface Stage {
  readonly world: World
  readonly disk: SimulatedDisk
  readonly chance: Chance
  /** Whether clients are to go home. */
  readonly close: (over: boolean) => void
}

/** The play: clients in any weather, a restart and a look at everything, deletion in any weather, and what remains. */
export async function play(stage: Stage): Promise<void> {
  const { world, chance } = stage
  const { weather } = world.faults
  world.machine.startLater()
  const cast = chooseCast(world, chance)
  const following = Promise.all(cast.followers.map((follower) => follower.follow()))
  await under(weather, stage, cast.work)
  await restart(stage)
  await lookAtEverything(stage, cast)
  await following
  await restart(stage)
  lookForTrimmed(stage, cast)
  await under(weather, stage, async () => {
    await Promise.all([...[...BASINS].map((basin) => deleteBasin(stage, basin)), cast.clerk.revokeAll()])
  })
  await restart(stage)
  await pause(world, QUIET, 'all is deleted')
  await restart(stage)
  lookForRemains(stage)
}

/** The act, with a supervisor; behind it the weather is calm. */
async function under(
  weather: Weather,
  { world, chance, close }: Stage,
  act: () => Promise<void>,
): Promise<void> {
  world.faults.weather = weather
  close(false)
  const watch = supervise(world, chance.fork())
  await act()
  close(true)
  await watch
  world.faults.weather = CALM
}

/** So that it is known of everything whether it is on the disk. */
async function restart({ world, chance }: Stage): Promise<void> {
  const { machine } = world
  const { life } = await machine.up()
  await replace(world, chance)
  if (life.alive && chance.happens(0.3)) await machine.drain()
  else if (life.alive) machine.crashNow(chance.oneOf(['kill', 'power cut']))
  await machine.up()
}

async function lookAtEverything({ world, chance }: Stage, cast: Cast): Promise<void> {
  const read = (): Promise<unknown> =>
    Promise.all(
      cast.streams.map((stream) =>
        readOnce(world, world.observer.call(0, stream), { seqNum: 0n, clamp: true }, 100_000),
      ),
    )
  cast.clerk.look()
  await Promise.all([read(), ...cast.owners.map((owner) => owner.look())])
  await pause(world, QUIET + chance.delay(QUIET), 'quiet')
  for (const follower of cast.followers) follower.finish()
  await read()
}

async function deleteBasin({ world, chance }: Stage, name: BasinName): Promise<void> {
  for (;;) {
    const answer = await ask(world, (backend) => backend.deleteBasin(name))
    if (answer !== 'died' && answer !== undefined && isRefusal(answer)) {
      if (answer.refusal === 'error' && answer.code === 'basin_not_found') return
    }
    await pause(world, chance.delay(8_000), 'asks whether the basin is gone')
  }
}

function lookForTrimmed({ world, disk }: Stage, { streams }: Cast): void {
  const trimmed = countTrimmed(disk.stored, streams)
  if (trimmed > 0)
    world.report({ judge: 'trimming', what: `${trimmed} batches are stored that were trimmed long ago` })
}

function lookForRemains({ world, disk }: Stage): void {
  const left = countRemains(disk.stored)
  if (left > 0) world.report({ judge: 'deletion', what: `${left} keys are left when everything is deleted` })
}
