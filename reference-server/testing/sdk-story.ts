import {
  AppendInput,
  AppendRecord,
  type BasinConfig,
  S2,
  type S2ClientOptions,
  type S2Stream,
} from '@s2-dev/streamstore'
import { afterAll, beforeAll } from 'vitest'
import { HOSTED } from '../semantics/resources/flavor.ts'
import { createServer, type ReferenceServer } from '../server.ts'
import { openMemoryStore } from '../store/memory.ts'
import { type SdkPart, SdkSurface } from './sdk-surface.ts'

/** What the stories of the official SDK have in common: one server for each file, and its clients. */
export interface SdkStory {
  readonly surface: SdkSurface
  url(): string
  token(): string
  client(options?: Partial<S2ClientOptions>): S2
  /** In a basin of its own. */
  newStream(options?: Partial<S2ClientOptions>, config?: BasinConfig): Promise<S2Stream>
  /** Of the stream that was made last. */
  basinName(): string
}

/** On a server like the hosted one, in memory; `npm run verify -- clients` gives it one that runs apart and keeps its data on disk. */
export function tellSdkStory(part: SdkPart): SdkStory {
  const surface = new SdkSurface(part)
  const { S2_STORY_ENDPOINT, S2_STORY_TOKEN } = process.env
  const isGiven = S2_STORY_ENDPOINT !== undefined && S2_STORY_TOKEN !== undefined
  let url = S2_STORY_ENDPOINT ?? ''
  const token = isGiven ? S2_STORY_TOKEN : 'root-token-of-the-story'
  let server: ReferenceServer | undefined
  beforeAll(async () => {
    if (isGiven) return
    server = await startHosted(token)
    url = await server.start()
  })
  afterAll(() => server?.stop())

  let made = 0
  // Other stories may be told to the same server at the same time.
  const basinName = (): string => `sdk-${part}-${made}`
  const client = (options: Partial<S2ClientOptions> = {}): S2 =>
    new S2({ accessToken: token, endpoints: { account: url, basin: url }, ...options })
  return {
    surface,
    url: () => url,
    token: () => token,
    client,
    async newStream(options = {}, config = {}) {
      made += 1
      await client().basins.create({ basin: basinName(), config })
      const basin = client(options).basin(basinName())
      await basin.streams.create({ stream: 'a/stream of ours' })
      return basin.stream('a/stream of ours')
    },
    basinName,
  }
}

const startHosted = async (rootToken: string): Promise<ReferenceServer> =>
  await createServer({
    data: { store: await openMemoryStore() },
    options: {
      auth: { rootToken },
      flavor: { ...HOSTED, limits: { ...HOSTED.limits, basinSetup: 0 } },
    },
  })

export async function allOf<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}

export const text = (body: string): AppendRecord => AppendRecord.string({ body })
export const texts = (...bodies: readonly string[]): AppendInput => AppendInput.create(bodies.map(text))
