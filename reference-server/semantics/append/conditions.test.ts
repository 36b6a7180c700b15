import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type FencingToken, NO_FENCE, parseFencingToken } from '../batch/fencing-token.ts'
import { checkFencingToken, checkMatchSeqNum } from './conditions.ts'

const token = (text: string): FencingToken => {
  const parsed = parseFencingToken(text)
  if (!('token' in parsed)) throw new Error('no token')
  return parsed.token
}

test.each([
  { next: 3n, wanted: undefined, actual: undefined },
  { next: 3n, wanted: 3n, actual: undefined },
  { next: 3n, wanted: 2n, actual: 3n },
  { next: 3n, wanted: 4n, actual: 3n },
  { next: 3n, wanted: 2n ** 64n - 1n, actual: 3n },
  { next: 0n, wanted: 0n, actual: undefined },
  { next: 3n, wanted: 0n, actual: 3n },
])('next $next, wanted $wanted: refused with $actual (APP-011 to APP-013)', ({ next, wanted, actual }) => {
  const refusal = actual === undefined ? undefined : { refusal: 'seq-num-mismatch', actual }
  expect(checkMatchSeqNum(next, wanted)).toEqual(refusal)
})

test.each([
  { current: 'a', given: undefined, actual: undefined },
  { current: 'a', given: 'a', actual: undefined },
  { current: 'a', given: 'b', actual: 'a' },
  { current: 'a', given: 'A', actual: 'a' },
  { current: 'a', given: '', actual: 'a' },
  { current: '', given: '', actual: undefined },
  { current: '', given: 'x', actual: '' },
  { current: '\u00e9', given: 'e\u0301', actual: '\u00e9' },
])('token "$current", given "$given": refused with "$actual" (APP-014 to APP-018, CMD-030)', (row) => {
  const given = row.given === undefined ? undefined : token(row.given)
  const refusal =
    row.actual === undefined ? undefined : { refusal: 'fencing-token-mismatch', actual: row.actual }
  expect(checkFencingToken(token(row.current), given)).toEqual(refusal)
})

test('a stream that was never fenced has the empty token', () => {
  expect(NO_FENCE).toBe('')
})

test('a condition holds exactly for the actual value', () => {
  const seqNum = fc.bigInt({ min: 0n, max: 20n })
  const text = fc.string({ maxLength: 2 })
  fc.assert(
    fc.property(seqNum, seqNum, text, text, (next, wanted, current, given) => {
      expect(checkMatchSeqNum(next, wanted) === undefined).toBe(next === wanted)
      expect(checkFencingToken(token(current), token(given)) === undefined).toBe(current === given)
    }),
  )
})
