import { expect, test } from 'vitest'
import { EMPTY_STREAM } from './stream-state.ts'
import { checkTail } from './tail.ts'

test('a stream that was never written has tail (0, 0), no token and nothing trimmed (TAIL-002, AUT-010)', () => {
  expect(EMPTY_STREAM).toEqual({ tail: { seqNum: 0n, timestamp: 0n }, fencingToken: '', trimPoint: 0n })
})

test('the tail is that of the state, whatever was trimmed (TAIL-003, TAIL-006)', () => {
  const tail = { seqNum: 7n, timestamp: 9n }
  expect(checkTail({ ...EMPTY_STREAM, tail, trimPoint: 7n })).toEqual(tail)
})
