import { expect, test } from 'vitest'
import { batch, bodiesOf, ok, readAll, testStream } from '../testing/test-backend.ts'

test('what is appended is read back, and moves the tail', async () => {
  const { backend, address, clock } = await testStream()
  const ack = ok(await backend.append(address, batch(['a', 'b'])))
  const timestamp = clock.now()
  expect(ack).toEqual({
    start: { seqNum: 0n, timestamp },
    end: { seqNum: 2n, timestamp },
    tail: { seqNum: 2n, timestamp },
  })
  expect(ok(await backend.checkTail(address)).tail).toEqual(ack.tail)
  const { records } = await readAll(backend, address, { seqNum: 0n }, { count: 10n })
  expect(bodiesOf(records)).toEqual(['a', 'b'])
  expect(records.map(({ seqNum }) => seqNum)).toEqual([0n, 1n])
})
