import { expect, test } from 'vitest'
import { encodeFrame } from '../../proto/frames.ts'
import { encodeReadBatch } from '../../proto/messages.ts'
import type { Taker } from './h2/exchange.ts'
import { createS2sReader } from './s2s-reader.ts'
import type { BatchVisitor } from './scan.ts'

/** Tells a reader what comes over its session; `ends` are the reasons for which it has ended. */
async function opened(
  record: BatchVisitor['record'],
): Promise<{ readonly taker: Taker; readonly ends: readonly (string | undefined)[] }> {
  const { promise, resolve } = Promise.withResolvers<Taker>()
  const ends: (string | undefined)[] = []
  const reader = createS2sReader(
    {
      ...{ path: '/', headers: {}, visitor: { record, tail() {} }, onBytes() {} },
      onEnd: (why) => ends.push(why),
    },
    {
      get: (_path, _headers, taker) => {
        resolve(taker)
        return Promise.resolve(() => {})
      },
      close() {},
    },
    'none',
  )
  const open = reader.open(0)
  const taker = await promise
  taker.onStatus(200)
  await open
  return { taker, ends }
}

const batch = Buffer.from(
  encodeFrame({
    payload: encodeReadBatch({
      records: [{ seqNum: 0n, timestamp: 0n, headers: [], body: new Uint8Array(1) }],
    }),
    compression: 'none',
  }),
)

test('what is no frame ends a session, and is its reason', async () => {
  const { taker, ends } = await opened(() => {})
  taker.onContent(batch)
  taker.onContent(Buffer.alloc(3))
  expect(ends).toEqual(['a frame of length 0 lacks its flag byte'])
})

test('what a visitor throws is no end of a session', async () => {
  const { taker, ends } = await opened(() => {
    throw new TypeError('ours')
  })
  expect(() => taker.onContent(batch)).toThrow(TypeError)
  expect(ends).toEqual([])
})
