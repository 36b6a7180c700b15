import { UsageError } from '../../kit/usage-error.ts'
import { type Flavor, HOSTED, HOSTED_FREE_TIER, LITE, type Limits } from '../semantics/resources/flavor.ts'

export const FLAVORS = ['lite', 'hosted'] as const

/**
 * The flavor of that name, with other limits where the list has some: `free-tier,basins=3,basin-setup=0`. Throws
 * `UsageError`.
 */
export function parseFlavor(name: string, limits: string): Flavor {
  const known = FLAVORS.find((flavor) => flavor === name)
  if (known === undefined) throw new UsageError(`--flavor is one of ${FLAVORS.join(', ')}, not "${name}"`)
  const items = limits.split(',').filter((item) => item !== '')
  const isFree = items.includes(FREE_TIER)
  if (isFree && known === 'lite') throw new UsageError(`--limits ${FREE_TIER} needs --flavor hosted`)
  const flavor = known === 'lite' ? LITE : isFree ? HOSTED_FREE_TIER : HOSTED
  const given = items.filter((item) => item !== FREE_TIER).map(parseLimit)
  return { ...flavor, limits: Object.assign({}, flavor.limits, ...given) }
}

const FREE_TIER = 'free-tier'

interface Limit {
  /** What stands for its value in the help. */
  readonly value: string
  parse(text: string): Partial<Limits>
}

const LIMITS: Readonly<Record<string, Limit>> = {
  basins: { value: 'N', parse: (text) => ({ basins: count('basins', text, 0) }) },
  'basin-setup': { value: 'MS', parse: (text) => ({ basinSetup: milliseconds('basin-setup', text) }) },
  deletion: { value: 'MS', parse: (text) => ({ deletion: milliseconds('deletion', text) }) },
  'append-bytes': { value: 'N', parse: (text) => ({ appendBytes: count('append-bytes', text, 1) }) },
  'append-batches': { value: 'N', parse: (text) => ({ appendBatches: count('append-batches', text, 1) }) },
}

/** `basins=N, basin-setup=MS, …, free-tier`: all that the list may have. */
export const LIMITS_IN_WORDS: string = [
  ...Object.entries(LIMITS).map(([name, { value }]) => `${name}=${value}`),
  FREE_TIER,
].join(', ')

function parseLimit(item: string): Partial<Limits> {
  const [, name = '', text = ''] = /^([^=]*)=(.*)$/.exec(item) ?? []
  const limit = Object.hasOwn(LIMITS, name) ? LIMITS[name] : undefined
  if (limit !== undefined) return limit.parse(text)
  throw new UsageError(`--limits has no ${item}, only ${LIMITS_IN_WORDS}`)
}

const MAX_COUNT = 1e12
const MAX_MILLISECONDS = 86_400_000

function count(name: string, text: string, least: number): number | undefined {
  if (text === 'none') return undefined
  return whole(text, least, MAX_COUNT, `${name} is a whole number from ${least} to ${MAX_COUNT}, or none`)
}

const milliseconds = (name: string, text: string): number =>
  whole(text, 0, MAX_MILLISECONDS, `${name} is a whole number of ms from 0 to ${MAX_MILLISECONDS}`)

function whole(text: string, least: number, most: number, rule: string): number {
  const number = /^\d{1,13}$/.test(text) ? Number(text) : Number.NaN
  if (number >= least && number <= most) return number
  throw new UsageError(`--limits: ${rule}, not "${text}"`)
}
