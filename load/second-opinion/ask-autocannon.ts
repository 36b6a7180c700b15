import { createRequire } from 'node:module'
import { UnusableTargetError } from '../../client/unusable-target.ts'
import { messageOf } from '../../kit/message-of.ts'
import { HEADERS, MEDIA_TYPES } from '../../proto/http.ts'
import type { SecondOpinion } from '../../reports/load/result.ts'
import { countOf, fieldOf } from '../transport/json-fields.ts'
import { meanOf } from '../workload/choices.ts'
import { secondOpinionExtent } from '../workload/estimate.ts'
import type { Workload } from '../workload/workload.ts'

export interface Question {
  /** Of the records of a stream of its own. */
  readonly url: string
  /** Of every request: the basin and the token. */
  readonly headers: Readonly<Record<string, string>>
  readonly workload: Workload
  readonly perSecond: number
  /** Ends it early; its opinion is then of what it had until then. */
  readonly interrupted: AbortSignal
}

/** It cannot be asked; the message is one sentence for the user. */
export class SecondOpinionError extends UnusableTargetError {
  constructor(message: string) {
    super(message)
    this.name = 'SecondOpinionError'
  }
}

const CONNECTIONS = 16

/**
 * The same appends at the same rate by autocannon, to a stream that nobody reads. With a rate it spreads each latency over
 * the milliseconds before it, which is right for no rate below 1,000/s a connection: it is told not to. What it then says
 * is the service time, in whole milliseconds. Throws a `SecondOpinionError`.
 */
export async function askAutocannon(question: Question): Promise<SecondOpinion> {
  const { url, headers, workload, perSecond, interrupted } = question
  const { play, version } = await load()
  const extent = secondOpinionExtent(perSecond, workload.seconds)
  const playing = play({
    url,
    method: 'POST',
    headers: {
      ...headers,
      'content-type': MEDIA_TYPES.json,
      accept: MEDIA_TYPES.json,
      [HEADERS.format]: 'base64',
    },
    body: bodyOf(workload),
    connections: Math.max(1, Math.min(CONNECTIONS, Math.floor(perSecond))),
    overallRate: extent.perSecond,
    ignoreCoordinatedOmission: true,
    duration: extent.seconds,
  })
  const stop = fieldOf(playing, 'stop')
  const end = (): void => void (typeof stop === 'function' && stop.call(playing))
  interrupted.addEventListener('abort', end, { once: true })
  const result = await Promise.resolve(playing).finally(() => interrupted.removeEventListener('abort', end))
  return read(result, version)
}

/** Throws a `SecondOpinionError` where it is not there: before the load and not after it. */
export const demandAutocannon = async (): Promise<void> => void (await load())

/** Returns a promise of the result with a method `stop`. */
type Play = (options: object) => unknown

/** An optional peer of this package: whoever wants its opinion installs it. It brings no types. */
async function load(): Promise<{ readonly play: Play; readonly version: string }> {
  const name = 'autocannon'
  try {
    const module: unknown = await import(name)
    const play = fieldOf(module, 'default')
    const about: unknown = createRequire(import.meta.url)(`${name}/package.json`)
    if (typeof play !== 'function') throw new Error('it is no function')
    return { play: (options) => play(options), version: String(fieldOf(about, 'version')) }
  } catch (error) {
    const why = messageOf(error).split('\n')[0]
    throw new SecondOpinionError(`--second-opinion needs the package autocannon: ${why}`)
  }
}

/** As many records of as many bytes as the workload's are on average. */
function bodyOf({ appends }: Workload): string {
  const body = Buffer.alloc(Math.round(meanOf(appends.recordBytes)), 's2-load').toString('base64')
  const count = Math.max(1, Math.round(meanOf(appends.batch)))
  return JSON.stringify({ records: Array.from({ length: count }, () => ({ body })) })
}

const QUANTILES = [
  ['p50', 'p50'],
  ['p90', 'p90'],
  ['p99', 'p99'],
  ['p99_9', 'p99.9'],
] as const

function read(result: unknown, version: string): SecondOpinion {
  const latency = fieldOf(result, 'latency')
  const requests = fieldOf(result, 'requests')
  const microseconds = (name: string): number | undefined => {
    const value = fieldOf(latency, name)
    return typeof value === 'number' && value >= 0 ? Math.round(value * 1000) : undefined
  }
  const [mean, greatest] = [microseconds('mean'), microseconds('max')]
  const perSecond = fieldOf(requests, 'mean')
  const count = countOf(requests, 'total')
  if (mean === undefined || greatest === undefined || typeof perSecond !== 'number' || count === undefined)
    throw new SecondOpinionError('autocannon gave an answer that is not understood')
  return {
    tool: `autocannon ${version}`,
    count,
    perSecond,
    failed: (countOf(result, 'errors') ?? 0) + (countOf(result, 'non2xx') ?? 0),
    mean,
    greatest,
    quantiles: Object.fromEntries(
      QUANTILES.flatMap(([theirs, ours]) => {
        const value = microseconds(theirs)
        return value === undefined ? [] : [[ours, value]]
      }),
    ),
  }
}
