import type { Capability } from '../../client/capability.ts'
import type { Requirement } from '../../conformance/check/requirement.ts'
import { costOf } from '../../conformance/run/costs.ts'
import type { Defect } from './defect.ts'
import { isSlow } from './try-all.ts'

/** What the requirements said of one defective server. */
export interface WholeEntry {
  readonly fate: 'killed' | 'survived' | 'void'
  /** Those that claim it, and blame it. */
  readonly claimedBy: readonly string[]
  /** Those that claim it in vain. */
  readonly inVain: readonly string[]
  /** Others that blame it. */
  readonly noticedBy: readonly string[]
  /** Others that it had a hand in, and that found nothing wrong. */
  readonly unnoticedBy: readonly string[]
  /** Others that came to no verdict. */
  readonly unclear: readonly string[]
}

/** Every requirement and every defect. What stands in no list of an entry cannot see the defect: it decides nothing there. */
export interface WholeMatrix {
  /** Ids of the requirements that every defect was tried by. */
  readonly requirements: readonly string[]
  /** Of the others, which try only what they claim, why. */
  readonly left: Readonly<Record<string, string>>
  readonly defects: Readonly<Record<string, WholeEntry>>
  /** Of the defects that were not tried yet, what they meet: to find that out takes minutes. Empty in one that is whole. */
  readonly pending: Readonly<Record<string, readonly string[]>>
}

/** What the reference server serves as it is tried: a row that needs more has no verdict here. */
const SERVED: readonly Capability[] = ['basins', 'encryption', 'access-tokens', 'metrics', 'http2']

/** Why a requirement tries only what it claims; undefined where every defect can be tried by it. */
export function whyLeft(requirement: Requirement): string | undefined {
  const { needs, unless, seconds } = requirement
  const lacking = needs.find((need) => !SERVED.includes(need))
  if (lacking !== undefined) return `needs ${lacking}`
  if (unless !== undefined) return `is about servers without ${unless.join(', ')}`
  return isSlow(requirement) ? `waits ${seconds} s` : whyTooMuch(requirement)
}

/** What asks more than this, on all its transports, would take hours with every defect. */
const MAX_REQUESTS = 500
const MAX_BYTES = 24 * 2 ** 20

function whyTooMuch({ id, on = ['json'] }: Requirement): string | undefined {
  const { requests: each = 0, bytes: size = 0 } = costOf(id) ?? {}
  const requests = each * on.length
  const bytes = size * on.length
  if (requests > MAX_REQUESTS) return `asks ${Math.round(requests)} times`
  return bytes > MAX_BYTES ? `moves ${Math.round(bytes / 2 ** 20)} MiB` : undefined
}

/** Whether an entry is still about this defect. */
export const isTried = ({ defects }: WholeMatrix, { name, kills }: Defect): boolean => {
  const entry = defects[name]
  if (entry === undefined) return false
  const claims = new Set([...entry.claimedBy, ...entry.inVain])
  return kills.length === claims.size && kills.every((id) => claims.has(id))
}

/** As JSON, a defect a line, in the order of the names: two of them differ where a server was seen otherwise. */
export function wholeToJson({ requirements, left, defects, pending }: WholeMatrix): string {
  const lines = (pairs: Readonly<Record<string, unknown>>): string =>
    Object.entries(pairs)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`)
      .join(',\n')
  return [
    '{',
    ` "requirements": ${JSON.stringify(requirements.join(' '))},`,
    ' "left": {',
    lines(left),
    ' },',
    ' "defects": {',
    lines(mapValues(defects, toLists)),
    ' },',
    ' "pending": {',
    lines(mapValues(pending, (ids) => ids.join(' '))),
    ' }',
    '}',
    '',
  ].join('\n')
}

const LISTS = ['claimedBy', 'inVain', 'noticedBy', 'unnoticedBy', 'unclear'] as const

/** Lists as words, as they are long; none where there is nothing in it. */
const toLists = (entry: WholeEntry): object => ({
  fate: entry.fate,
  ...Object.fromEntries(
    LISTS.filter((list) => entry[list].length > 0).map((list) => [list, entry[list].join(' ')]),
  ),
})

/** Reads what `wholeToJson` has written. Throws `TypeError` for anything else. */
export function parseWhole(text: string): WholeMatrix {
  const { requirements, left, defects, pending } = asRecord(JSON.parse(text))
  return {
    requirements: wordsOf(requirements),
    left: mapValues(asRecord(left), asText),
    defects: mapValues(asRecord(defects), (entry) => toEntry(asRecord(entry))),
    pending: mapValues(asRecord(pending), wordsOf),
  }
}

const mapValues = <From, To>(
  pairs: Readonly<Record<string, From>>,
  map: (value: From) => To,
): Readonly<Record<string, To>> =>
  Object.fromEntries(Object.entries(pairs).map(([key, value]) => [key, map(value)]))

const FATES = ['killed', 'survived', 'void'] as const

function toEntry(entry: Readonly<Record<string, unknown>>): WholeEntry {
  const fate = FATES.find((each) => each === entry.fate)
  if (fate === undefined) throw new TypeError(`"${entry.fate}" is no fate of a defect`)
  const { claimedBy = '', inVain = '', noticedBy = '', unnoticedBy = '', unclear = '' } = entry
  return {
    fate,
    claimedBy: wordsOf(claimedBy),
    inVain: wordsOf(inVain),
    noticedBy: wordsOf(noticedBy),
    unnoticedBy: wordsOf(unnoticedBy),
    unclear: wordsOf(unclear),
  }
}

const wordsOf = (value: unknown): readonly string[] =>
  asText(value)
    .split(' ')
    .filter((word) => word !== '')

function asText(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('this is no matrix: a text is missing')
  return value
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError('this is no matrix: an object is missing')
  return { ...value }
}
