import type { FastifyRequest } from 'fastify'
import { parseU64 } from '../../../proto/u64.ts'
import { refuse } from '../../semantics/refusal.ts'
import { Refused } from '../errors.ts'
import { decodePercent } from './percent.ts'

/** The known parameters that a request gave, decoded. */
export type Query<Key extends string> = Readonly<Partial<Record<Key, string>>>

/**
 * Reads the known parameters and ignores all others (RTE-033). Refused as `bad_query`: one of them given twice
 * (CP-RT-021), a malformed escape, bytes that are not UTF-8.
 */
export function parseQuery<Key extends string>(request: FastifyRequest, known: readonly Key[]): Query<Key> {
  const query: Partial<Record<Key, string>> = {}
  for (const pair of queryString(request.originalUrl).split('&')) {
    const equals = pair.indexOf('=')
    const [name, value] = equals === -1 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)]
    const decoded = decode(name)
    const key = known.find((candidate) => candidate === decoded)
    if (key === undefined) continue
    if (query[key] !== undefined) throw badQuery(key, 'is given more than once')
    query[key] = decode(value) ?? reject(key, 'is not percent-encoded UTF-8')
  }
  return query
}

/** 0 to 2^64 - 1 in decimal digits; a plus sign may stand in front (RTE-034). */
export function u64(query: Query<string>, key: string): bigint | undefined {
  return whole(query[key], key, '2^64 - 1')
}

/** 0 to 2^32 - 1, written likewise. */
export function u32(query: Query<string>, key: string): number | undefined {
  const value = whole(query[key], key, '2^32 - 1')
  if (value !== undefined && value > 0xffff_ffffn) throw badQuery(key, 'must be at most 2^32 - 1')
  return value === undefined ? undefined : Number(value)
}

/** Exactly `true` or `false`. */
export function flag(query: Query<string>, key: string): boolean | undefined {
  return choice(query, key, ['true', 'false']) === undefined ? undefined : query[key] === 'true'
}

export function choice<Choice extends string>(
  query: Query<string>,
  key: string,
  choices: readonly Choice[],
): Choice | undefined {
  const text = query[key]
  if (text === undefined) return undefined
  const chosen = choices.find((candidate) => candidate === text)
  return chosen ?? reject(key, `must be one of: ${choices.join(', ')}`)
}

export function badQuery(key: string, what: string): Refused {
  return new Refused(refuse('bad_query', `the query parameter ${key} ${what}`))
}

function reject(key: string, what: string): never {
  throw badQuery(key, what)
}

function whole(text: string | undefined, key: string, most: string): bigint | undefined {
  if (text === undefined) return undefined
  const digits = text.replace(/^\+/, '').replace(/^0+(?=\d)/, '')
  return parseU64(digits) ?? reject(key, `must be a whole number from 0 to ${most}`)
}

function queryString(url: string): string {
  const start = url.indexOf('?')
  return start === -1 ? '' : url.slice(start + 1)
}

/** As forms encode: a plus sign is a space. */
const decode = (text: string): string | undefined => decodePercent(text.replaceAll('+', ' '))
