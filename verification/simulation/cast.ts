import { EncryptionKey } from '../../reference-server/encryption/encryption-key.ts'
import { type BasinConfig, DEFAULT_BASIN_CONFIG } from '../../reference-server/semantics/resources/config.ts'
import type { BasinName } from '../../reference-server/semantics/resources/names.ts'
import { addressOf, basinName } from '../../reference-server/testing/test-backend.ts'
import type { Chance } from './chance.ts'
import type { Mix } from './clients/batches.ts'
import { Clerk } from './clients/clerk.ts'
import { Follower } from './clients/follower.ts'
import { Owner } from './clients/owner.ts'
import { writeSessions } from './clients/session-writer.ts'
import { visit } from './clients/visitor.ts'
import { type ClientParts, write } from './clients/writer.ts'
import type { SimulatedStream } from './simulated-stream.ts'
import { makeBasin, type World } from './world.ts'

/** Who is in a run, and over which streams. */
export interface Cast {
  readonly streams: readonly SimulatedStream[]
  readonly owners: readonly Owner[]
  readonly followers: readonly Follower[]
  readonly clerk: Clerk
  /** Resolves when all but the followers have done what they came for. */
  readonly work: () => Promise<void>
}

const BASIN_OF: Readonly<Record<SimulatedStream['kind'], BasinName>> = {
  kept: basinName('owned-basin'),
  reborn: basinName('owned-basin'),
  'reborn with its basin': basinName('reborn-basin'),
  'made by use': basinName('open-basin'),
}

export const BASINS: ReadonlySet<BasinName> = new Set(Object.values(BASIN_OF))

export function chooseCast(world: World, chance: Chance): Cast {
  const streams = chooseStreams(chance)
  const mix = chooseMix(chance)
  let client = 0
  const parts = (): Omit<ClientParts, 'stream'> => {
    const operations = chance.between(5, 20)
    return { world, chance: chance.fork(), client: ++client, mix, operations }
  }
  const of = (stream: SimulatedStream): ClientParts => ({ ...parts(), stream })
  const owned = streams.filter(({ kind }) => kind !== 'made by use')
  const owners = owned.map((stream) => new Owner(of(stream)))
  const clerk = new Clerk(parts())
  const several = (most: number, stream: SimulatedStream): readonly ClientParts[] =>
    Array.from({ length: chance.between(1, most) }, () => of(stream))
  const workers = streams.flatMap((stream) => [
    ...several(2, stream).map((own) => () => write(own)),
    ...several(2, stream)
      .slice(1)
      .map((own) => () => writeSessions(own)),
    ...several(1, stream).map((own) => () => visit(own)),
  ])
  const followers = streams.flatMap((stream) => several(2, stream).map((own) => new Follower(own)))
  const work = async (): Promise<void> => {
    await Promise.all(streams.map((stream) => makeBasin(world, chance, stream)))
    const working = [...owners.map((owner) => owner.own()), ...workers.map((act) => act()), clerk.work()]
    await Promise.all(working)
  }
  return { streams, owners, followers, clerk, work }
}

function chooseStreams(chance: Chance): readonly SimulatedStream[] {
  const key = new EncryptionKey(Uint8Array.from({ length: 32 }, (_, index) => index))
  const kinds: readonly SimulatedStream['kind'][] = ['kept', 'reborn', 'reborn with its basin', 'made by use']
  const some = kinds.filter(() => chance.happens(0.55))
  const streamCipher = chance.oneOf([undefined, undefined, 'aegis-256', 'aes-256-gcm'] as const)
  return (some.length === 0 ? kinds : some).map((kind, index) => {
    const byUse = kind === 'made by use'
    const uses = { createStreamOnAppend: byUse, createStreamOnRead: byUse }
    const config: BasinConfig = { ...DEFAULT_BASIN_CONFIG, ...uses, streamCipher }
    const address = addressOf(BASIN_OF[kind], `stream-${index}`)
    return { index, kind, address, config, key, generation: 0, certain: undefined, toldDeleted: undefined }
  })
}

const MIX: Mix = { plain: 8, conditional: 4, fenced: 3, fence: 2, trim: 2, bulk: 0 }

/** Bulky batches are slow to simulate, so few runs have them. */
const chooseMix = (chance: Chance): Mix =>
  chance.happens(0.03)
    ? { ...MIX, bulk: 4 }
    : chance.oneOf([MIX, MIX, { ...MIX, trim: 15 }, { ...MIX, conditional: 30 }])
