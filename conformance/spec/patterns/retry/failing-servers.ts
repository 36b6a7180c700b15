import assert from 'node:assert/strict'
import { batch } from '../../../../client/records.ts'
import { fakeClock, StoreError, startReferenceServer } from '../../../../reference-server/index.ts'
import { createServer } from '../../../../reference-server/server.ts'
import { openMemoryStore } from '../../../../reference-server/store/memory.ts'
import type { Store } from '../../../../reference-server/store/store.ts'
import { BASIN } from '../basin.ts'
import { accepted, refused } from '../run/answers.ts'
import type { World } from '../run/world.ts'
import { STREAM } from './row.ts'

/** Shows the answer of a server whose store fails, on a server of its own: it serves no append until a restart. */
export async function showStorage({ elsewhere }: World): Promise<void> {
  let isBroken = false
  const store = await openMemoryStore()
  const failing: Store = {
    ...store,
    commit: (writes) =>
      isBroken ? Promise.reject(new StoreError('failed', 'the store failed to write')) : store.commit(writes),
    healthy: () => !isBroken && store.healthy(),
  }
  const server = await createServer({ data: { store: failing } })
  try {
    const { account, aside } = elsewhere(await server.start())
    await accepted(aside.createBasin(BASIN))
    await accepted(aside.basin(BASIN).createStream(STREAM))
    isBroken = true
    const input = { ...batch('order'), matchSeqNum: 0n }
    const refusal = await refused(500, account.basin(BASIN).stream(STREAM).append(input))
    assert.equal(refusal.code, 'storage')
  } finally {
    await server.stop()
  }
}

const MINUTE_MS = 60_000

/** Shows the answer to a body that never arrives, on a server of its own whose clock runs ahead. */
export async function showRequestTimeout({ elsewhere }: World): Promise<void> {
  const clock = fakeClock()
  await using server = await startReferenceServer({ clock })
  const orders = elsewhere(server.url).account.basin(BASIN).stream(STREAM, 's2s')
  let isAnswered = false
  const answer = refused(408, orders.openAppendAnswer({ headers: { 'content-type': 'application/json' } }))
  const done = answer.finally(() => {
    isAnswered = true
  })
  while (!isAnswered) await clock.advance(MINUTE_MS)
  assert.equal((await done).code, 'request_timeout')
}
