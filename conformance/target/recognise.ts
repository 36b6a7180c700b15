import type { Answer } from './answer.ts'
import { createSendRaw } from './clients/raw.ts'
import { type Connections, createExchange } from './exchange.ts'
import { TargetError } from './target-error.ts'
import type { Recorder } from './transcript.ts'
import { UnusableTargetError } from './unusable-target.ts'

const RECOGNISE_SECONDS = 10
const LIST = '/basins?limit=1'

/**
 * Makes sure that an S2 server answers at the endpoint and takes the token, by listing basins. Returns what it
 * says of itself. Throws `UnusableTargetError` with the sentence for the user.
 */
export async function recognise(
  connections: Connections,
  recorder: Recorder,
  signal: AbortSignal,
): Promise<{ readonly server: string | undefined }> {
  const { endpoints, token } = connections
  const exchange = createExchange({ ...connections, requestSeconds: RECOGNISE_SECONDS }, recorder, signal)
  const where = `GET ${endpoints.account.origin}${endpoints.account.prefix}${LIST}`
  let answer: Answer<unknown>
  try {
    answer = await createSendRaw(exchange)({ method: 'GET', path: LIST })
  } catch (error) {
    throw error instanceof TargetError
      ? new UnusableTargetError(unreached(error, endpoints.account.origin))
      : error
  }
  if (isPageOfBasins(answer)) return { server: answer.headers.server }
  if (answer.status === 401 || answer.status === 403) {
    const advice = token === undefined ? 'set S2_ACCESS_TOKEN or give --token-file' : 'the token was refused'
    throw new UnusableTargetError(`${where} answered ${answer.status} ${answer.error?.code ?? ''}: ${advice}`)
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

const isPageOfBasins = ({ status, value }: Answer<unknown>): boolean =>
  status === 200 &&
  typeof value === 'object' &&
  value !== null &&
  'basins' in value &&
  Array.isArray(value.basins)
