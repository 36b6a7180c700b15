import { record } from '../../../../client/records.ts'
import { ERROR_CODES } from '../../../../proto/error-codes.ts'
import { parseJson } from '../../../../proto/json.ts'
import { appendInputToJson } from '../../../../proto/json-bodies.ts'
import { admitBatch } from '../../../../reference-server/semantics/batch/batch.ts'
import { meteredSize } from '../../../../reference-server/semantics/batch/metered-size.ts'
import { isRefusal } from '../../../../reference-server/semantics/refusal.ts'
import {
  parseBasinName,
  parseStreamName,
  parseTokenId,
} from '../../../../reference-server/semantics/resources/names.ts'
import { RECORDS } from './records.ts'
import type { WireVector } from './vector.ts'

const BASINS = [
  '',
  'a',
  'seven77',
  'eight888',
  'a'.repeat(48),
  'a'.repeat(49),
  'Upper-case',
  'under_score',
  '-hyphen1',
  'hyphen1-',
  'two--hyphens',
  '12345678',
  'dot.dotted',
  'space d1',
  'ümlauts1',
  'nul\u0000nul1',
] as const
const STREAMS = [
  '',
  '.',
  '..',
  '...',
  'a',
  '/',
  'a/b',
  'a b',
  '😀',
  'é'.repeat(256),
  'é'.repeat(257),
  'x'.repeat(512),
  'x'.repeat(513),
  'nul\u0000',
  '%2F',
  '?',
  '#',
  '+',
  'a\nb',
] as const
const TOKENS = [
  '',
  '.',
  '..',
  'a',
  'a/b',
  'x'.repeat(96),
  'x'.repeat(97),
  'é'.repeat(48),
  'nul\u0000',
] as const

/** Names; what a server answers to one that is none depends on where the name stood. */
export function nameVectors(): readonly WireVector[] {
  const named = (
    of: string,
    names: readonly string[],
    parse: (name: string) => object,
  ): readonly WireVector[] => names.map((name) => ({ kind: 'name', of, name, valid: 'name' in parse(name) }))
  return [
    ...named('basin', BASINS, parseBasinName),
    ...named('stream', STREAMS, parseStreamName),
    ...named('access-token', TOKENS, parseTokenId),
  ]
}

export function sizeVectors(): readonly WireVector[] {
  return RECORDS.map((one) => ({
    kind: 'metered-size',
    record: recordToJson(one),
    bytes: meteredSize(one),
  }))
}

function recordToJson(one: (typeof RECORDS)[number]): unknown {
  const input = parseJson(appendInputToJson({ records: [one] }, 'base64'))
  const isInput = typeof input === 'object' && input !== null && 'records' in input
  return isInput && Array.isArray(input.records) ? input.records[0] : undefined
}

export const codeVectors = (): readonly WireVector[] =>
  Object.entries(ERROR_CODES).map(([code, { status, retryable, sideEffects }]) => ({
    kind: 'error-code',
    code,
    status,
    retryable,
    side_effects: sideEffects,
  }))

const LARGEST = 1_048_576 - 8

/** Batches at their limits: a number of records, each with a body of so many characters. */
export function limitVectors(): readonly WireVector[] {
  const cases = [
    [0, 0],
    [1, LARGEST],
    [1, LARGEST + 1],
    [2, LARGEST / 2 - 4],
    [2, LARGEST / 2 - 3],
    [1000, 1],
    [1001, 1],
  ] as const
  return cases.map(([records, body]) => {
    const one = record('x'.repeat(body))
    const admitted = admitBatch({ records: Array.from({ length: records }, () => one) })
    const append = { records: { $repeat: [{ body: { $repeat: 'x', times: body } }], times: records } }
    return { kind: 'limit', append, ...(isRefusal(admitted) && { error: 'invalid' }) }
  })
}
