import { expect, test } from 'vitest'
import { MAX_U64 } from '../../../proto/limits.ts'
import { nextEventId, resumeRead } from './resume.ts'

const record = (seqNum: bigint) => ({ seqNum, timestamp: 1n, headers: [], body: new Uint8Array(2) })

test('a read goes on after the event, with what is left of its bounds (SSE-009, SSE-016)', () => {
  const id = { seqNum: 7n, count: 3n, bytes: 30n }
  expect(resumeRead({ timestamp: 5n, clamp: true }, { count: 10n, bytes: 100n, until: 9n }, id)).toEqual({
    start: { seqNum: 8n, clamp: true },
    end: { count: 7n, bytes: 70n, until: 9n },
  })
  expect(resumeRead({ tailOffset: 1n }, {}, id)).toEqual({ start: { seqNum: 8n }, end: {} })
})

test('nothing is left of a bound that is used up, and no sequence number is beyond the last (SSE-013, SSE-015)', () => {
  const id = { seqNum: MAX_U64, count: 3n, bytes: 30n }
  expect(resumeRead({}, { count: 2n, bytes: 30n }, id)).toEqual({
    start: { seqNum: MAX_U64 },
    end: { count: 0n, bytes: 0n },
  })
})

test('ids count on from the one before, up to the greatest number (SSE-004, SSE-010)', () => {
  expect(nextEventId(undefined, [record(3n), record(4n)])).toEqual({ seqNum: 4n, count: 2n, bytes: 20n })
  expect(nextEventId({ seqNum: 4n, count: 2n, bytes: MAX_U64 }, [record(5n)])).toEqual({
    seqNum: 5n,
    count: 3n,
    bytes: MAX_U64,
  })
  expect(nextEventId({ seqNum: 4n, count: MAX_U64, bytes: 20n }, [record(5n)])?.count).toBe(MAX_U64)
  expect(nextEventId(undefined, [])).toBeUndefined()
})
