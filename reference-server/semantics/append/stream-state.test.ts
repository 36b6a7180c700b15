import { expect, test } from 'vitest'
import { checkTail } from '../read/tail.ts'
import { EMPTY_STREAM } from './stream-state.ts'

test('a stream that was never written has tail (0, 0), no token and nothing trimmed or appended (TAIL-002, AUT-010)', () => {
  const tail = { seqNum: 0n, timestamp: 0n }
  expect(EMPTY_STREAM).toEqual({ tail, fencingToken: '', trimPoint: 0n, appended: 0n })
})

test('the tail is that of the state, whatever was trimmed (TAIL-003, TAIL-006)', () => {
  const tail = { seqNum: 7n, timestamp: 9n }
  expect(checkTail({ ...EMPTY_STREAM, tail, trimPoint: 7n })).toEqual(tail)
})
