import type { CheckContext } from '../context.ts'
import { InconclusiveError } from '../failures.ts'
import type { BasinClient } from '../target/basin-client.ts'
import type { BasinInfoBody, StreamInfoBody } from '../target/config-bodies.ts'
import type { StreamClient } from '../target/stream-client.ts'

/** Deletion goes on after it was accepted, on the hosted service for a minute or more (CP-BAS-086). */
export const DELETION_SECONDS = 150

/** What is said of a stream while its removal is under way, and after it. */
export const GOING: readonly (readonly [status: number, code: string])[] = [
  [409, 'stream_deletion_pending'],
  [404, 'stream_not_found'],
]

/**
 * What `ask` gets from a basin while it is being deleted: after the last answer the same basin is still listed. A server
 * may be done before it could be asked, so each attempt gives it more streams to remove; inconclusive when that was not
 * enough.
 */
export async function whileBasinIsDeleted<T>(
  context: CheckContext,
  make: () => Promise<BasinClient>,
  ask: (basin: BasinClient, stream: string) => Promise<T>,
): Promise<T> {
  const { account, expect, eventually, newStreamName } = context
  for (const count of [2, 16, 32, 64]) {
    const basin = await make()
    const names = await createStreams(context, basin, count, newStreamName())
    const before = await eventually('the basin is listed', 30, () => basinInfo(context, basin.name))
    expect.status(await account.deleteBasin(basin.name), 202)
    const answers = await ask(basin, names.at(-1) ?? '')
    if ((await basinInfo(context, basin.name))?.created_at === before.created_at) return answers
  }
  throw new InconclusiveError('each basin was gone, or made anew, before it could be seen being deleted')
}

/** As `whileBasinIsDeleted`; here other deletions are under way and keep the server busy. */
export async function whileStreamIsDeleted<T>(
  context: CheckContext,
  basin: BasinClient,
  make: () => Promise<StreamClient>,
  ask: (stream: StreamClient) => Promise<T>,
): Promise<T> {
  const { expect, eventually, newStreamName } = context
  for (const count of [0, 16, 32, 64, 64, 128]) {
    const stream = await make()
    const others = await createStreams(context, basin, count, newStreamName())
    const before = await eventually('the stream is listed', 30, () => streamInfo(context, basin, stream.name))
    const deleteOther = async (name: string) => expect.status(await basin.deleteStream(name), 202)
    const deleteAndAsk = async () => {
      expect.status(await basin.deleteStream(stream.name), 202)
      const answers = await ask(stream)
      return { answers, after: await streamInfo(context, basin, stream.name) }
    }
    // Nobody waits for the others, or they would be gone when it is asked.
    const otherDeletions = Promise.all(others.map(deleteOther))
    const [{ answers, after }] = await Promise.all([deleteAndAsk(), otherDeletions])
    if (after?.created_at === before.created_at) return answers
  }
  throw new InconclusiveError('each stream was gone, or made anew, before it could be seen being deleted')
}

/** The entry of that name in the listing, where the whole name as prefix puts it first. */
export async function basinInfo(
  { account, expect }: Pick<CheckContext, 'account' | 'expect'>,
  name: string,
): Promise<BasinInfoBody | undefined> {
  const { basins } = expect.ok(await account.listBasins({ prefix: name, limit: 1 }))
  return basins.find((each) => each.name === name)
}

export async function streamInfo(
  { expect }: Pick<CheckContext, 'expect'>,
  basin: BasinClient,
  name: string,
): Promise<StreamInfoBody | undefined> {
  const { streams } = expect.ok(await basin.listStreams({ prefix: name, limit: 1 }))
  return streams.find((each) => each.name === name)
}

export async function untilBasinIsGone(
  { account, eventually }: Pick<CheckContext, 'account' | 'eventually'>,
  name: string,
): Promise<void> {
  await eventually(`the basin ${name} is gone`, DELETION_SECONDS, async () =>
    (await account.getBasinConfig(name)).status === 404 ? true : undefined,
  )
}

export async function untilStreamIsGone(
  { eventually }: Pick<CheckContext, 'eventually'>,
  basin: BasinClient,
  name: string,
): Promise<void> {
  await eventually(`the stream ${name} is gone`, DELETION_SECONDS, async () =>
    (await basin.getStreamConfig(name)).status === 404 ? true : undefined,
  )
}

async function createStreams(
  { expect }: Pick<CheckContext, 'expect'>,
  basin: BasinClient,
  count: number,
  prefix: string,
): Promise<readonly string[]> {
  const names = Array.from({ length: count }, (_, index) => `${prefix}-${100 + index}`)
  for (const answer of await Promise.all(names.map((name) => basin.createStream(name)))) {
    expect.ok(answer, 201)
  }
  return names
}
