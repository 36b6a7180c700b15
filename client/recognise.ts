import { tailPath } from '../proto/http.ts'
import type { Answer } from './answer.ts'
import { answered } from './answered.ts'
import { createSendRaw } from './clients/raw.ts'
import type { Base } from './endpoints.ts'
import { type Connections, createExchange } from './exchange.ts'
import type { OnlyBasin } from './only-basin.ts'
import { TargetError } from './target-error.ts'
import type { Recorder } from './transcript.ts'
import { UnusableTargetError } from './unusable-target.ts'

type Listed = 'basins' | 'streams'

const RECOGNISE_SECONDS = 10

/**
 * Makes sure that an S2 server answers at the endpoint and takes the token, by listing basins, or the streams of the basin
 * that is to be used; of that one it is enough if it knows which streams it does not have. Returns what the server says of
 * itself. Throws `UnusableTargetError` with the sentence for the user.
 */
export async function recognise(
  connections: Connections,
  recorder: Recorder,
  signal: AbortSignal,
): Promise<{ readonly server: string | undefined }> {
  const { endpoints, token, only } = connections
  const exchange = createExchange({ ...connections, requestSeconds: RECOGNISE_SECONDS }, recorder, signal)
  // Whoever may use one basin need not be allowed to list them all.
  const key = only === undefined ? 'basins' : 'streams'
  const path = `/${key}?limit=1`
  const base = only === undefined ? endpoints.account : endpoints.basin(only.name)
  const where = `GET ${base.origin}${base.prefix}${path}`
  const get = async (path: string, prefix = base.prefix): Promise<Answer<unknown>> => {
    try {
      return await createSendRaw(exchange, only?.name)({ method: 'GET', path, prefix })
    } catch (error) {
      throw error instanceof TargetError ? new UnusableTargetError(unreached(error, base.origin)) : error
    }
  }
  const answer = await get(path)
  if (isPage(answer, key)) return { server: answer.headers.server }
  if (answer.status === 401 || answer.status === 403) {
    const why = token === undefined ? 'set S2_ACCESS_TOKEN or give --token-file' : 'the token was refused'
    throw new UnusableTargetError(`${where} ${answered(answer.status, answer.error)}: ${why}`)
  }
  if (only !== undefined && answer.error?.code === 'basin_not_found') {
    throw new UnusableTargetError(`there is no basin ${only.name}: --basin uses one that is there`)
  }
  if (only !== undefined && isStreamMissing(await get(tailPath(`${only.prefix}none`))))
    return { server: answer.headers.server }
  const right = answer.status === 404 ? await findPrefix(base, (prefix) => get(path, prefix), key) : undefined
  throw new UnusableTargetError(
    right === undefined
      ? `${where} ${answered(answer.status, answer.error)}${remark(answer.status, only)}`
      : `${where} ${answered(answer.status, answer.error)}, but ${base.origin}${right}${path} lists ${key}: give ${endpoints.basinHeader ? '--endpoint' : 'the endpoint'} ${base.origin}${right}`,
  )
}

/** Returns another prefix under which the target lists these; undefined if there is none. */
async function findPrefix(
  { prefix: given }: Base,
  get: (prefix: string) => Promise<Answer<unknown>>,
  key: Listed,
): Promise<string | undefined> {
  for (const prefix of new Set([`${given}/v1`, '/v1']))
    if (prefix !== given && isPage(await get(prefix), key)) return prefix
  return undefined
}

/** A target that is in trouble, or takes no more for now, has not said that it lacks anything. */
function remark(status: number, only: OnlyBasin | undefined): string {
  if (status === 429) return ', again and again: it is rate limited, and takes no more from here for now'
  return isTrouble(status) ? ': it cannot serve for now' : ` where an S2 server lists ${advice(only)}`
}

/** Every 5xx but the one that says "not implemented". */
const isTrouble = (status: number): boolean => status >= 500 && status !== 501

/** Whoever builds a server begins somewhere, and need not begin with lists. */
const advice = (only: OnlyBasin | undefined): string =>
  only === undefined
    ? 'its basins. If yours does not list basins yet, make one and give --basin NAME; if it serves S2 under a path, such as /api/v1, put that path at the end of --endpoint'
    : `the streams of ${only.name}, and of a stream that is not there it did not say stream_not_found. If it serves S2 under a path, such as /api/v1, put that path at the end of --endpoint`

const isStreamMissing = ({ status, error }: Answer<unknown>): boolean =>
  status === 404 && error?.code === 'stream_not_found'

function unreached(error: TargetError, origin: string): string {
  switch (error.code) {
    case 'refused':
      return `nothing can be reached at ${origin}: ${error.message}`
    case 'timeout':
      return `${origin} accepts connections but did not answer within ${RECOGNISE_SECONDS} s`
    default:
      return `${origin} does not speak HTTP as an S2 server does: ${error.message}`
  }
}

function isPage({ status, value }: Answer<unknown>, key: Listed): boolean {
  if (status !== 200 || typeof value !== 'object' || value === null) return false
  return Array.isArray(Object.entries(value).find(([name]) => name === key)?.[1])
}
