import { type BasinConfig, DEFAULT_BASIN_CONFIG } from '../semantics/config.ts'
import type { BasinName } from '../semantics/names.ts'
import { isRefusal } from '../semantics/refusal.ts'
import { usageAfter } from '../store/usage-keys.ts'
import { addressOf, basinName } from '../testing/test-backend.ts'
import type { Chance } from './chance.ts'
import { Follower } from './clients/follower.ts'
import { Owner } from './clients/owner.ts'
import { writeSessions } from './clients/session-writer.ts'
import { readOnce, visit } from './clients/visitor.ts'
import { type ClientParts, write } from './clients/writer.ts'
import type { SimulatedDisk } from './disk.ts'
import { CALM } from './faults.ts'
import type { SimulatedStream } from './simulated-stream.ts'
import { replace, supervise } from './supervisor.ts'
import { ask, isDone, pause, type World } from './world.ts'

/** One basin's streams are made by their owners, the other's by whoever uses them. */
const OWNED = basinName('owned-basin')
const OPEN = basinName('open-basin')

const BASINS: readonly (readonly [BasinName, BasinConfig])[] = [
  [OWNED, DEFAULT_BASIN_CONFIG],
  [OPEN, { ...DEFAULT_BASIN_CONFIG, createStreamOnAppend: true, createStreamOnRead: true }],
]

/** Long enough for every slow answer, slow reader and trim that is under way; no heartbeat is awaited. */
const QUIET = 3_000_000

export interface Stage {
  readonly world: World
  readonly disk: SimulatedDisk
  readonly chance: Chance
  /** Whether clients are to go home. */
  readonly close: (over: boolean) => void
}

/** The play in four acts: clients in any weather; a restart and a look at everything; deletion in any weather; the remains. */
export async function play(stage: Stage): Promise<void> {
  const { world, chance, close } = stage
  const { faults, machine } = world
  const { weather } = faults
  machine.startLater()
  const watch = supervise(world, chance.fork())
  const cast = await openWith(stage)
  close(true)
  await watch
  faults.weather = CALM
  await restart(stage)
  await lookAtEverything(stage, cast)
  close(false)
  faults.weather = weather
  const secondWatch = supervise(world, chance.fork())
  await Promise.all(BASINS.map(([name]) => deleteBasin(stage, name)))
  close(true)
  await secondWatch
  faults.weather = CALM
  await lookForRemains(stage)
}

interface Cast {
  readonly streams: readonly SimulatedStream[]
  readonly owners: readonly Owner[]
  readonly followers: readonly Follower[]
  readonly following: readonly Promise<void>[]
}

/** Makes the basins and lets all clients do what they came for. */
async function openWith({ world, chance }: Stage): Promise<Cast> {
  await Promise.all(BASINS.map(([name, config]) => makeBasin(world, chance, name, config)))
  const streams = chooseStreams(chance)
  const owners: Owner[] = []
  const followers: Follower[] = []
  const working: Promise<void>[] = []
  let client = 0
  for (const stream of streams) {
    const parts = (): ClientParts => {
      const operations = chance.between(4, 12)
      return { world, stream, chance: chance.fork(), client: ++client, operations }
    }
    if (stream.kind !== 'made by use') {
      const owner = new Owner(parts())
      owners.push(owner)
      working.push(owner.own())
    }
    for (let writers = chance.between(1, 2); writers > 0; writers--) working.push(write(parts()))
    if (chance.happens(0.7)) working.push(writeSessions(parts()))
    working.push(visit(parts()))
    for (let more = chance.between(1, 2); more > 0; more--) followers.push(new Follower(parts()))
  }
  const following = followers.map((follower) => follower.follow())
  await Promise.all(working)
  return { streams, owners, followers, following }
}

function chooseStreams(chance: Chance): readonly SimulatedStream[] {
  const kinds: readonly SimulatedStream['kind'][] = ['kept', 'reborn', 'made by use']
  const chosen = kinds.filter(() => chance.happens(0.7))
  return (chosen.length === 0 ? kinds : chosen).map((kind, index) => ({
    index,
    kind,
    address: addressOf(kind === 'made by use' ? OPEN : OWNED, `stream-${index}`),
    generation: 0,
    certain: undefined,
  }))
}

async function makeBasin(world: World, chance: Chance, name: BasinName, config: BasinConfig): Promise<void> {
  while (!isDone(await ask<object>(world, (backend) => backend.ensureBasin(name, config)))) {
    await pause(world, chance.delay(3_000), 'makes a basin again')
  }
}

/** Once more, so that it is known of everything whether it is on the disk. */
async function restart({ world, chance }: Stage): Promise<void> {
  const { machine } = world
  const { life } = await machine.up()
  await replace(world, chance)
  if (life.alive && chance.happens(0.3)) await machine.drain()
  else if (life.alive) machine.crashNow(chance.oneOf(['kill', 'power cut']))
  await machine.up()
}

async function lookAtEverything({ world, chance }: Stage, cast: Cast): Promise<void> {
  const looks = cast.streams.map((stream) =>
    readOnce(world, world.observer.call(0, stream), { seqNum: 0n, clamp: true }, 1000),
  )
  await Promise.all([...looks, ...cast.owners.map((owner) => owner.look())])
  await pause(world, QUIET + chance.delay(QUIET), 'quiet')
  for (const follower of cast.followers) follower.finish()
  await Promise.all(cast.following)
  await Promise.all(
    cast.streams.map((stream) =>
      readOnce(world, world.observer.call(0, stream), { seqNum: 0n, clamp: true }, 1000),
    ),
  )
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

/** What is left is the number of the next stream, whatever there was, and what was used of it all. */
async function lookForRemains(stage: Stage): Promise<void> {
  const { world, disk } = stage
  await restart(stage)
  await pause(world, QUIET, 'remains')
  await restart(stage)
  const left = disk.size() - disk.size(usageAfter(undefined))
  if (left > 1) {
    world.report({ judge: 'deletion', what: `${left} keys are left when all basins are deleted` })
  }
}
