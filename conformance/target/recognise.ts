import type { Answer } from './answer.ts'
import { createSendRaw } from './clients/raw.ts'
import { type Connections, createExchange } from './exchange.ts'
import { TargetError } from './target-error.ts'
import type { Recorder } from './transcript.ts'
import { UnusableTargetError } from './unusable-target.ts'

const RECOGNISE_SECONDS = 10

/**
 * Makes sure that an S2 server answers at the endpoint and takes the token, by listing basins. Returns what it
 * says of itself. Throws `UnusableTargetError` with the sentence for the user.
 */
export async function recognise(
  connections: Connections,
  recorder: Recorder,
  signal: AbortSignal,
): Promise<{ readonly server: string | undefined }> {
  const { endpoints, token, only } = connections
  const exchange = createExchange({ ...connections, requestSeconds: RECOGNISE_SECONDS }, recorder, signal)
  // Whoever may use one basin need not be allowed to list them all.
  const path = only === undefined ? '/basins?limit=1' : '/streams?limit=1'
  const base = only === undefined ? endpoints.account : endpoints.basin(only.name)
  const where = `GET ${base.origin}${base.prefix}${path}`
  let answer: Answer<unknown>
  try {
    answer = await createSendRaw(exchange, only?.name)({ method: 'GET', path })
  } catch (error) {
    throw error instanceof TargetError ? new UnusableTargetError(unreached(error, base.origin)) : error
  }
  if (isPage(answer, only === undefined ? 'basins' : 'streams')) return { server: answer.headers.server }
  if (answer.status === 401 || answer.status === 403) {
    const advice = token === undefined ? 'set S2_ACCESS_TOKEN or give --token-file' : 'the token was refused'
    throw new UnusableTargetError(`${where} answered ${answer.status} ${answer.error?.code ?? ''}: ${advice}`)
  }
  if (only !== undefined && answer.error?.code === 'basin_not_found') {
    throw new UnusableTargetError(`there is no basin ${only.name}: --basin uses one that is there`)
  }
  throw new UnusableTargetError(
    `${where} answered ${answer.status} and no list of basins: this is not an S2 server`,
  )
}

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

function isPage({ status, value }: Answer<unknown>, key: 'basins' | 'streams'): boolean {
  if (status !== 200 || typeof value !== 'object' || value === null) return false
  return Array.isArray(Object.entries(value).find(([name]) => name === key)?.[1])
}
