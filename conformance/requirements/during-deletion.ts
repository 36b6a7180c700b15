import type { BasinClient } from '../../client/basin-client.ts'
import type { BasinInfoBody, StreamInfoBody } from '../../client/config-bodies.ts'
import { InconclusiveError } from '../../client/failures.ts'
import { record } from '../../client/records.ts'
import type { StreamClient } from '../../client/stream-client.ts'
import { evidence } from '../../client/watch.ts'
import type { CheckContext } from '../check/context.ts'

/** Deletion goes on after it was accepted, on the hosted service for a minute or more (CP-BAS-086). */
export const DELETION_SECONDS = 150

/** What is said of a stream while its removal is under way, and after it. */
export const GOING: readonly (readonly [status: number, code: string])[] = [
  [409, 'stream_deletion_pending'],
  [404, 'stream_not_found'],
]

/**
 * Judges what `ask` gets from a basin while it is being deleted: after the last answer the same basin is still listed. A
 * server may be done before it could be asked, so each attempt gives it more streams to remove. One whose basins are
 * gone at the first look has nothing to be judged but that they are; otherwise inconclusive when no attempt was enough.
 */
export async function whileBasinIsDeleted<T>(
  context: CheckContext,
  make: () => Promise<BasinClient>,
  ask: (basin: BasinClient, stream: string) => Promise<T>,
  judge: (answers: T) => void | Promise<void>,
): Promise<void> {
  const { account, expect, eventually, newStreamName, record } = context
  async function attempt<A>(
    { streams, batches }: { readonly streams: number; readonly batches: number },
    asked: (basin: BasinClient, stream: string) => Promise<A>,
  ) {
    const basin = await make()
    const names = await createStreams(context, basin, streams, newStreamName())
    await Promise.all(names.map((name) => fill(context, basin.stream(name), batches)))
    const before = await evidence(MORE, () =>
      eventually('the basin is listed', 30, () => basinInfo(context, basin.name)),
    )
    expect.status(await account.deleteBasin(basin.name), 202)
    const answers = await asked(basin, names.at(-1) ?? '')
    return { answers, inTime: await isBasinStillThere(context, before) }
  }
  // What was late may have been the client, on a machine that is busy: records take longer to be removed than names.
  for (const streams of [2, 16, 32, 64]) {
    const { answers, inTime } = await attempt({ streams, batches: 0 }, ask)
    if (inTime) return await judge(answers)
  }
  for (const batches of [1, 4]) {
    const { answers, inTime } = await attempt({ streams: 64, batches }, ask)
    if (inTime) return await judge(answers)
  }
  const { answers: look } = await attempt({ streams: 64, batches: 4 }, ({ name }) =>
    account.getBasinConfig(name),
  )
  if (look.status === 200) {
    throw new InconclusiveError('each basin was gone, or made anew, before it could be seen being deleted')
  }
  expect.refused(look, 404, 'basin_not_found')
  record('deletion is immediate')
}

/**
 * As `whileBasinIsDeleted`; here each attempt gives the server more records to remove. `isThere` says whether the stream, of which
 * this is the entry before its deletion, is still being deleted.
 */
export async function whileStreamIsDeleted<T>(
  context: CheckContext,
  basin: BasinClient,
  make: () => Promise<StreamClient>,
  ask: (stream: StreamClient) => Promise<T>,
  judge: (answers: T) => void | Promise<void>,
  isThere: typeof isStreamStillThere = isStreamStillThere,
): Promise<void> {
  const { expect, eventually, record: note } = context
  async function attempt<A>(batches: number, asked: (stream: StreamClient) => Promise<A>) {
    const stream = await make()
    await fill(context, stream, batches)
    const before = await evidence(MORE, () =>
      eventually('the stream is listed', 30, () => streamInfo(context, basin, stream.name)),
    )
    expect.status(await basin.deleteStream(stream.name), 202)
    const answers = await asked(stream)
    return { answers, inTime: await isThere(context, basin, before) }
  }
  for (const batches of [0, 0, 10, 40, 100, 200, 200]) {
    const { answers, inTime } = await attempt(batches, ask)
    if (inTime) return await judge(answers)
  }
  const { answers: look } = await attempt(200, ({ name }) => basin.getStreamConfig(name))
  if (look.status === 409) {
    throw new InconclusiveError('each stream was gone, or made anew, before it could be seen being deleted')
  }
  expect.refused(look, 404, 'stream_not_found')
  note('deletion is immediate')
}

const MORE = 'where it is gone already, the next attempt gives the server more to remove'

/** Batches of as many records as one may have, and as small as they may be. */
async function fill({ expect }: CheckContext, stream: StreamClient, batches: number): Promise<void> {
  const full = { records: Array.from({ length: 1000 }, () => record()) }
  for (let index = 0; index < batches; index++) expect.ok(await stream.over('protobuf').append(full))
}

/** A listing may lag behind what changes are told, so both are asked. */
async function isBasinStillThere(
  context: CheckContext,
  { name, created_at: createdAt }: BasinInfoBody,
): Promise<boolean> {
  return await evidence(MORE, async () => {
    const [info, change] = await Promise.all([
      basinInfo(context, name),
      context.account.reconfigureBasin(name, {}),
    ])
    return info?.created_at === createdAt && change.status !== 404
  })
}

/** The same of a stream. */
async function isStreamStillThere(
  context: CheckContext,
  basin: BasinClient,
  { name, created_at: createdAt }: StreamInfoBody,
): Promise<boolean> {
  return await evidence(MORE, async () => {
    const [info, change] = await Promise.all([
      streamInfo(context, basin, name),
      basin.reconfigureStream(name, {}),
    ])
    return info?.created_at === createdAt && change.status !== 404
  })
}

/** By the answer to a change alone: for what is about the listing, which has no say in it then. */
export async function refusesChanges(
  _context: CheckContext,
  basin: BasinClient,
  { name }: StreamInfoBody,
): Promise<boolean> {
  return await evidence(MORE, async () => {
    const { error } = await basin.reconfigureStream(name, {})
    return error?.code === 'stream_deletion_pending'
  })
}

/** The entry of that name in the listing, where the whole name as prefix puts it first. */
export async function basinInfo(
  { account, expect }: Pick<CheckContext, 'account' | 'expect'>,
  name: string,
): Promise<BasinInfoBody | undefined> {
  const { basins } = expect.ok(await account.listBasins({ prefix: name, limit: 1 }))
  expect.that(basins.length <= 1, 'at most one basin on a page of one', basins.length)
  for (const each of basins) {
    expect.that(each.name.startsWith(name), `a name that begins with ${name}`, each.name)
  }
  return basins.find((each) => each.name === name)
}

export async function streamInfo(
  { expect }: Pick<CheckContext, 'expect'>,
  basin: BasinClient,
  name: string,
): Promise<StreamInfoBody | undefined> {
  const { streams } = expect.ok(await basin.listStreams({ prefix: name, limit: 1 }))
  expect.that(streams.length <= 1, 'at most one stream on a page of one', streams.length)
  for (const each of streams) {
    expect.that(each.name.startsWith(name), `a name that begins with ${name}`, each.name)
  }
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
