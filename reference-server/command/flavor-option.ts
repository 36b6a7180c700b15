import { type Flavor, HOSTED, HOSTED_FREE_TIER, LITE, type Limits } from '../semantics/flavor.ts'
import { UsageError } from './command-line.ts'

const FLAVORS = ['lite', 'hosted'] as const

/**
 * The flavor of that name, with other limits where the list has some: `free-tier,basins=3,basin-setup=0`. Throws
 * `UsageError`.
 */
export function parseFlavor(name: string, limits: string): Flavor {
  const known = FLAVORS.find((flavor) => flavor === name)
  if (known === undefined) throw new UsageError(`--flavor must be one of ${FLAVORS.join(', ')}, not ${name}`)
  const items = limits.split(',').filter((item) => item !== '')
  const isFree = items.includes(FREE_TIER)
  if (isFree && known === 'lite') throw new UsageError(`--limits ${FREE_TIER} needs --flavor hosted`)
  const flavor = known === 'lite' ? LITE : isFree ? HOSTED_FREE_TIER : HOSTED
  const given = items.filter((item) => item !== FREE_TIER).map(parseLimit)
  return { ...flavor, limits: Object.assign({}, flavor.limits, ...given) }
}

const FREE_TIER = 'free-tier'

const LIMITS: Readonly<Record<string, (value: string) => Partial<Limits>>> = {
  basins: (value) => ({ basins: count(value, 0) }),
  'basin-setup': (value) => ({ basinSetup: milliseconds(value) }),
  deletion: (value) => ({ deletion: milliseconds(value) }),
  'append-bytes': (value) => ({ appendBytes: count(value, 1) }),
  'append-batches': (value) => ({ appendBatches: count(value, 1) }),
}

function parseLimit(item: string): Partial<Limits> {
  const [, name = '', value = ''] = /^([^=]*)=(.*)$/.exec(item) ?? []
  const parse = Object.hasOwn(LIMITS, name) ? LIMITS[name] : undefined
  if (parse !== undefined) return parse(value)
  const known = [...Object.keys(LIMITS).map((key) => `${key}=N`), FREE_TIER]
  throw new UsageError(`--limits has no ${item}, only ${known.join(', ')}`)
}

const MAX_COUNT = 1e12
const MAX_MILLISECONDS = 86_400_000

function count(value: string, least: number): number | undefined {
  return value === 'none' ? undefined : whole(value, least, MAX_COUNT, ' or none')
}

const milliseconds = (value: string): number => whole(value, 0, MAX_MILLISECONDS, ' of milliseconds')

function whole(value: string, least: number, most: number, more: string): number {
  const number = /^\d{1,13}$/.test(value) ? Number(value) : Number.NaN
  if (number >= least && number <= most) return number
  throw new UsageError(`--limits takes whole numbers from ${least} to ${most}${more}, not ${value}`)
}
