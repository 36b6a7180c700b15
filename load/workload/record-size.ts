import { STAMP_BYTES } from '../verify/stamp-layout.ts'
import type { RecordSize } from './size.ts'
import { parseAmount, parseSize, plainNumber, show, textOf, WorkloadError } from './units.ts'

const NAME = 'record-size'
const [WEIGHTED, LOG_NORMAL] = [['size', 'weight'] as const, ['median', 'sigma', 'most'] as const]
const EXAMPLE = '{size: 100, weight: 9}'

/**
 * `100`, `100..2000`, a list of sizes with weights `[{size: 100, weight: 9}, {size: 64KiB, weight: 1}]`, or a log-normal
 * `{median: 1KiB, sigma: 1, most: 64KiB}`, all of them bytes from a stamp's up to `greatest`. Throws a `WorkloadError`.
 */
export function parseRecordSize(value: unknown, greatest: number): RecordSize {
  if (Array.isArray(value)) return parseWeighted(value, greatest)
  if (typeof value === 'object' && value !== null) return parseLogNormal(value, greatest)
  return parseSize(value, NAME, STAMP_BYTES, greatest)
}

function parseWeighted(values: readonly unknown[], greatest: number): RecordSize {
  const sizes = values.map((value) => {
    if (typeof value !== 'object' || value === null)
      throw new WorkloadError(`${NAME}: ${show(value)} is no size with its weight, such as ${EXAMPLE}`)
    const { size, weight } = fieldsOf(value, WEIGHTED)
    return {
      ...parseSize(size, `${NAME}: size`, STAMP_BYTES, greatest),
      weight: above0(weight, `${NAME}: weight`),
    }
  })
  if (sizes.length === 0)
    throw new WorkloadError(`${NAME}: [] is no list of sizes and weights, such as [${EXAMPLE}]`)
  return {
    least: Math.min(...sizes.map(({ least }) => least)),
    most: Math.max(...sizes.map(({ most }) => most)),
    distribution: { kind: 'weighted', sizes },
  }
}

function parseLogNormal(value: object, greatest: number): RecordSize {
  const fields = fieldsOf(value, LOG_NORMAL)
  const median = parseAmount(fields.median, `${NAME}: median`, STAMP_BYTES)
  const sigma = above0(fields.sigma, `${NAME}: sigma`)
  const { most } = parseSize(fields.most, `${NAME}: most`, STAMP_BYTES, greatest)
  if (median > most) throw new WorkloadError(`${NAME}: median: ${median} is more than most, which is ${most}`)
  return { least: STAMP_BYTES, most, distribution: { kind: 'log-normal', median, sigma } }
}

/** Those and no others, each with a value. */
function fieldsOf<Name extends string>(
  value: object,
  names: readonly Name[],
): Readonly<Partial<Record<Name, unknown>>> {
  const given: ReadonlyMap<string, unknown> = new Map(Object.entries(value))
  const unknown = [...given.keys()].find((key) => !names.some((name) => name === key))
  if (unknown !== undefined)
    throw new WorkloadError(
      `${NAME}: "${unknown}" is no field of ${show(value)}: there are ${names.join(', ')}`,
    )
  const fields: Partial<Record<Name, unknown>> = {}
  for (const name of names) {
    const field = given.get(name) ?? undefined
    if (field === undefined) throw new WorkloadError(`${NAME}: ${show(value)} has no ${name}`)
    fields[name] = field
  }
  return fields
}

function above0(value: unknown, name: string): number {
  const number = plainNumber(textOf(value))
  if (!(number > 0)) throw new WorkloadError(`${name}: ${show(value)} is no number above 0`)
  return number
}
