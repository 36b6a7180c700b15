import { describe, expect as see, test } from 'vitest'
import type { Answer, ErrorBody } from '../../client/answer.ts'
import { rememberAsked } from '../../client/asked.ts'
import { ConformanceFailure } from '../../client/failures.ts'
import { batch, bytes } from '../../client/records.ts'
import { createExpect } from './expect.ts'

const observations: string[] = []
const expect = createExpect((observation) => void observations.push(observation))

const success = <Value>(value: Value, status = 200): Answer<Value> => ({
  status,
  headers: { 'content-type': 'application/json' },
  value,
  error: undefined,
  body: bytes(''),
})

const refusal = (
  status: number,
  json: Record<string, unknown>,
  known: Omit<ErrorBody, 'json'>,
): Answer<never> => ({
  status,
  headers: {},
  value: undefined,
  error: { json, ...known },
  body: bytes(''),
})

const notFound = refusal(
  404,
  { code: 'stream_not_found', message: 'no such stream' },
  { code: 'stream_not_found', message: 'no such stream' },
)
const mismatch = refusal(412, { seq_num_mismatch: 3n }, { seq_num_mismatch: 3n })

function messageOf(run: () => void): string {
  try {
    run()
  } catch (error) {
    if (error instanceof ConformanceFailure) return error.message
    throw error
  }
  throw new Error('nothing was found')
}

describe('ok', () => {
  test('returns the value of the awaited status', () => {
    see(expect.ok(success(7n))).toBe(7n)
    see(expect.ok(success('made', 201), 201)).toBe('made')
  })
  test('says what came instead', () => {
    see(messageOf(() => expect.ok(notFound))).toBe(
      'the answer: expected status 200, actual 404 stream_not_found (no such stream)',
    )
    see(messageOf(() => expect.ok(success({ n: 1n }), 201))).toBe(
      'the answer: expected status 201, actual 200 { n: 1 }',
    )
  })
})

describe('refused', () => {
  test('is bound to status and code', () => {
    expect.refused(notFound, 404, 'stream_not_found')
    see(messageOf(() => expect.refused(notFound, 404, 'basin_not_found'))).toContain(
      'expected a refusal 404 basin_not_found, actual 404 stream_not_found',
    )
    see(messageOf(() => expect.refused(notFound, 400, 'stream_not_found'))).toContain(
      'expected a refusal 400',
    )
    see(messageOf(() => expect.refused(success(1), 404, 'stream_not_found'))).toContain('actual 200 1')
  })
  test('is bound to the actual value', () => {
    expect.refused(mismatch, 412, { seq_num_mismatch: 3n })
    see(messageOf(() => expect.refused(mismatch, 412, { seq_num_mismatch: 2n }))).toBe(
      'the answer: expected a refusal 412 { seq_num_mismatch: 2 }, actual 412 { seq_num_mismatch: 3 }',
    )
    see(messageOf(() => expect.refused(mismatch, 412, { fencing_token_mismatch: '' }))).toContain(
      'actual 412',
    )
  })
  test('compares tails by value', () => {
    const tail = { seqNum: 1n, timestamp: 2n }
    expect.refused(refusal(416, {}, { tail }), 416, { tail: { ...tail } })
    see(() => expect.refused(refusal(416, {}, { tail }), 416, { tail: { ...tail, timestamp: 3n } })).toThrow()
  })
})

test('refusedAs takes any of the listed outcomes, and records which', () => {
  observations.length = 0
  expect.refusedAs(notFound, [
    [409, 'stream_deletion_pending'],
    [404, 'stream_not_found'],
  ])
  see(observations).toEqual(['refused with 404 stream_not_found'])
  see(
    messageOf(() =>
      expect.refusedAs(notFound, [
        [409, 'invalid'],
        [422, 'invalid'],
      ]),
    ),
  ).toContain('expected a refusal 409 invalid or 422 invalid')
})

test('status takes a bare status', () => {
  expect.status(success('x'), 200, 204)
  see(messageOf(() => expect.status(success('x'), 202, 404))).toContain(
    'expected status 202 or 404, actual 200 "x"',
  )
})

describe('header', () => {
  const answer = { headers: { allow: 'GET, POST' } }
  test('by text, by pattern, by absence, whatever the case of the name', () => {
    expect.header(answer, 'Allow', 'GET, POST')
    expect.header(answer, 'allow', /GET/)
    expect.header(answer, 'vary', undefined)
  })
  test.each([
    ['allow', 'GET', 'header allow: expected "GET", actual "GET, POST"'],
    ['allow', /PUT/, 'header allow: expected /PUT/, actual "GET, POST"'],
    ['allow', undefined, 'header allow: expected no such header, actual "GET, POST"'],
    ['vary', /./, 'header vary: expected /./, actual no such header'],
  ] as const)('%s is not %s', (name, expected, message) => {
    see(messageOf(() => expect.header(answer, name, expected))).toBe(message)
  })
})

describe('records', () => {
  const sent = batch('a', 'b').records
  const stored = sent.map((record, index) => ({ ...record, seqNum: BigInt(5 + index), timestamp: 1n }))
  test('are consecutive and as sent', () => {
    see(expect.records(stored, 5n, sent)).toBe(stored)
    expect.records([], 5n, [])
  })
  test('tells numbers from content', () => {
    see(messageOf(() => expect.records(stored, 6n, sent))).toBe(
      'numbers of the records: expected 6 to 7 (2 records), actual 5 to 6 (2 records)',
    )
    see(messageOf(() => expect.records(stored.slice(1), 5n, sent))).toContain('actual 6 to 6 (1 records)')
    see(messageOf(() => expect.records([], 5n, sent))).toContain('actual none')
    see(messageOf(() => expect.records(stored, 5n, batch('a', 'c').records))).toBe(
      'content of record 6: expected { headers: [], body: "c" }, actual { headers: [], body: "b" }',
    )
  })
})

test('equal compares by value', () => {
  expect.equal({ body: Buffer.from('a'), n: 1n }, { body: bytes('a'), n: 1n }, 'the record')
  see(messageOf(() => expect.equal([1n], [2n], 'the numbers'))).toBe('the numbers: expected [2], actual [1]')
})

test('that and present say what was to hold', () => {
  expect.that(true, 'fine', 1)
  see(messageOf(() => expect.that(false, 'the tail moves on', 4n))).toBe(
    'the tail moves on: expected this to hold, actual 4',
  )
  see(expect.present(0n, 'a tail')).toBe(0n)
  see(messageOf(() => void expect.present(undefined, 'a tail'))).toBe('a tail: expected a value, actual none')
})

test('a finding names the request that brought the answer', () => {
  const answer = rememberAsked({ ...notFound }, 'GET http://x/v1/streams')
  see(() => expect.ok(answer)).toThrow(
    see.objectContaining({ finding: see.objectContaining({ request: 'GET http://x/v1/streams' }) }),
  )
})

test('complaints of another judge stand as they are, one a line, the first three of them', () => {
  expect.none([], 'a history', 'one order')
  const came = (complaints: readonly string[]): string | undefined => {
    try {
      expect.none(complaints, 'a history', 'one order')
    } catch (error) {
      return error instanceof ConformanceFailure ? error.finding.actual : undefined
    }
    return undefined
  }
  see(came(['stale-tail: the tail "3"'])).toBe('stale-tail: the tail "3"')
  see(came(['a', 'b', 'c', 'd', 'e'])).toBe('a\nb\nc\nand 2 more')
})
