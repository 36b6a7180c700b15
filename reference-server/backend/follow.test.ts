import { describe, expect, test } from 'vitest'
import type { ReadEnd } from '../../proto/types.ts'
import { settle } from '../testing/fake-clock.ts'
import { startReader } from '../testing/reader.ts'
import { admitted, batch, ok, testStream } from '../testing/test-backend.ts'

describe('a follower', () => {
  test('gets a heartbeat at the tail, and each batch once it is durable (S2S-041, READ-055)', async () => {
    const { backend, address } = await testStream()
    ok(await backend.append(address, batch(['a', 'b'])))
    const reader = await startReader(backend, address, { seqNum: 0n }, {})
    expect(reader.kinds()).toEqual(['batch', 'heartbeat'])
    const { tail } = ok(await backend.append(address, batch(['c', 'd'])))
    await settle()
    expect(reader.bodies()).toEqual(['a', 'b', 'c', 'd'])
    expect(reader.outputs.at(-1)).toMatchObject({ kind: 'batch', tail })
    reader.leave()
    await settle()
    expect(reader.ended()).toBe(true)
  })

  test('gets a heartbeat with the tail after each silence of 5 to 15 s (S2S-041, S2S-042)', async () => {
    const { backend, address, clock } = await testStream()
    const { tail } = ok(await backend.append(address, batch(['a'])))
    const reader = await startReader(backend, address, {}, {})
    expect(reader.outputs).toEqual([{ kind: 'heartbeat', tail }])
    await clock.advance(9_999)
    expect(reader.outputs.length).toBe(1)
    await clock.advance(1)
    expect(reader.outputs).toEqual([
      { kind: 'heartbeat', tail },
      { kind: 'heartbeat', tail },
    ])
    await clock.advance(9_000)
    ok(await backend.append(address, batch(['b'])))
    await clock.advance(9_000)
    expect(reader.kinds()).toEqual(['heartbeat', 'heartbeat', 'batch'])
    await clock.advance(1_000)
    expect(reader.kinds().length).toBe(4)
    reader.leave()
  })

  test('ends when it has waited without a record, in spite of heartbeats (READ-050, READ-052)', async () => {
    const { backend, address, clock } = await testStream()
    const reader = await startReader(backend, address, {}, { wait: 25 })
    await clock.advance(24_999)
    expect(reader.kinds()).toEqual(['heartbeat', 'heartbeat', 'heartbeat'])
    expect(reader.ended()).toBe(false)
    await clock.advance(1)
    expect(reader.ended()).toBe(true)
    expect(reader.kinds().length).toBe(3)
  })

  test('waits anew after each record (READ-051)', async () => {
    const { backend, address, clock } = await testStream()
    const reader = await startReader(backend, address, {}, { wait: 2 })
    for (const body of ['a', 'b', 'c', 'd']) {
      await clock.advance(1_500)
      ok(await backend.append(address, batch([body])))
    }
    await clock.advance(1_999)
    expect([reader.bodies().length, reader.ended()]).toEqual([4, false])
    await clock.advance(1)
    expect(reader.ended()).toBe(true)
  })

  test('hears of no tail that it was not given, whenever a batch becomes durable (S2S-042)', async () => {
    const { backend, address } = await testStream()
    for (let turns = 0; turns < 25; turns++) {
      const { tail } = ok(await backend.checkTail(address))
      const { signal } = new AbortController()
      const read = await backend.openRead(address, { seqNum: tail.seqNum }, {}, signal)
      const outputs = ok(read)[Symbol.asyncIterator]()
      const acked = backend.append(address, batch(['a']))
      for (let turn = 0; turn < turns; turn++) await null
      const first = (await outputs.next()).value
      if (first?.kind === 'heartbeat') expect(first.tail, `after ${turns} turns`).toEqual(tail)
      else expect(first?.kind).toBe('batch')
      ok(await acked)
      await outputs.return?.()
    }
  })

  test('has waited also while its reader was busy with a heartbeat (READ-050)', async () => {
    const { backend, address, clock } = await testStream()
    const read = await backend.openRead(address, {}, { wait: 2 }, new AbortController().signal)
    const outputs = ok(read)[Symbol.asyncIterator]()
    expect((await outputs.next()).value).toMatchObject({ kind: 'heartbeat' })
    await clock.advance(2_000)
    const next = Promise.race([outputs.next(), settle().then(() => 'waits still')])
    expect(await next).toMatchObject({ done: true })
  })

  test('waits as long as it is told, also past what a timer can hold (READ-050)', async () => {
    const { backend, address, clock } = await testStream()
    const reader = await startReader(backend, address, {}, { wait: 2 ** 32 - 1 })
    await clock.advance(3_600_000)
    expect(reader.ended()).toBe(false)
    reader.leave()
  })

  test('that may not wait sees no heartbeat (S2S-046)', async () => {
    const { backend, address } = await testStream()
    const reader = await startReader(backend, address, {}, { wait: 0 })
    expect([reader.outputs, reader.ended()]).toEqual([[], true])
  })

  test('ends with the record that completes its bound (READ-034)', async () => {
    const { backend, address } = await testStream()
    ok(await backend.append(address, batch(['a'])))
    const reader = await startReader(backend, address, { seqNum: 0n }, { count: 3n, wait: 60 })
    ok(await backend.append(address, batch(['b', 'c'])))
    await settle()
    expect([reader.bodies(), reader.ended()]).toEqual([['a', 'b', 'c'], true])
  })

  test('gets the prefix of a live batch that fits, with the tail after all of it (READ-035)', async () => {
    const { backend, address } = await testStream()
    const reader = await startReader(backend, address, {}, { bytes: 20n, wait: 60 })
    const { tail } = ok(await backend.append(address, batch(['a', 'b', 'c'])))
    await settle()
    expect([reader.bodies(), reader.ended()]).toEqual([['a', 'b'], true])
    expect(reader.outputs.at(-1)).toMatchObject({ tail })
  })

  test('ends without a batch when not even one record fits (READ-035)', async () => {
    const { backend, address } = await testStream()
    const reader = await startReader(backend, address, {}, { bytes: 8n, wait: 60 })
    ok(await backend.append(address, batch(['a'])))
    await settle()
    expect([reader.kinds(), reader.ended()]).toEqual([['heartbeat'], true])
  })

  test.each<ReadEnd>([{ count: 0n, wait: 60 }, { bytes: 0n, wait: 60 }, { count: 0n }])(
    'with a bound of zero ends at once, without a heartbeat: %o (READ-024)',
    async (end) => {
      const { backend, address } = await testStream()
      const reader = await startReader(backend, address, { seqNum: 99n }, end)
      await settle()
      expect([reader.kinds(), reader.ended()]).toEqual([[], true])
    },
  )

  test('is told by the rule for bounds of zero where it ends', async () => {
    const { backend, address } = await testStream({ rules: { isSpent: () => false } })
    const { signal } = new AbortController()
    const outcome = await backend.openRead(address, { seqNum: 99n }, { count: 0n }, signal)
    expect(outcome).toMatchObject({ refusal: 'unwritten' })
  })

  test('ends before the record that reaches until (READ-036)', async () => {
    const { backend, address } = await testStream()
    const reader = await startReader(backend, address, {}, { until: 200n, wait: 60 })
    const at = (timestamp: bigint) => ({ timestamp, headers: [], body: new Uint8Array() })
    ok(await backend.append(address, admitted({ records: [at(100n), at(199n), at(200n)] })))
    await settle()
    expect([reader.bodies().length, reader.ended()]).toEqual([2, true])
  })

  test('that leaves frees its timers, wherever it stands (READ-059)', async () => {
    const { backend, address, clock } = await testStream({ options: { idleTime: 2 ** 30 } })
    ok(await backend.append(address, batch(['a'])))
    const before = clock.pending
    const reader = await startReader(backend, address, { seqNum: 0n }, { wait: 100 })
    expect(clock.pending).toBe(before + 2)
    reader.leave()
    await settle()
    expect(clock.pending).toBe(before)
  })

  test('that never asks again after its signal holds nothing (READ-059)', async () => {
    const { backend, address, clock } = await testStream({ options: { idleTime: 2 ** 30 } })
    const before = clock.pending
    const controller = new AbortController()
    const session = ok(await backend.openRead(address, {}, { wait: 100 }, controller.signal))
    await session[Symbol.asyncIterator]().next()
    expect(clock.pending).toBe(before + 1)
    controller.abort()
    expect(clock.pending).toBe(before)
  })

  test('that sleeps through more than is kept for it goes back to the store (READ-053)', async () => {
    const { backend, address } = await testStream({ options: { recentBatches: 3 } })
    const session = ok(await backend.openRead(address, {}, {}, new AbortController().signal))
    const reads = session[Symbol.asyncIterator]()
    expect((await reads.next()).value).toMatchObject({ kind: 'heartbeat' })
    for (let index = 0; index < 10; index++) ok(await backend.append(address, batch([`${index}`])))
    const output = (await reads.next()).value
    expect(output?.kind === 'batch' && output.records.length).toBe(10)
    expect(output).toMatchObject({ tail: undefined })
    expect((await reads.next()).value).toMatchObject({ kind: 'heartbeat', tail: { seqNum: 10n } })
    await reads.return?.()
  })

  test('gets one heartbeat at once, to carry the advice of a server that drains (S2S-012)', async () => {
    const { backend, address } = await testStream()
    const reader = await startReader(backend, address, {}, {})
    expect(reader.kinds()).toEqual(['heartbeat'])
    backend.drain.advise()
    await settle()
    expect(reader.kinds()).toEqual(['heartbeat', 'heartbeat'])
    ok(await backend.append(address, batch(['a'])))
    await settle()
    expect(reader.kinds()).toEqual(['heartbeat', 'heartbeat', 'batch'])
    reader.leave()
  })

  test('is refused what is not there yet when the server ends its sessions', async () => {
    const { backend, address } = await testStream()
    ok(await backend.append(address, batch(['a'])))
    const reader = await startReader(backend, address, {}, {})
    const behind = await backend.openRead(address, { seqNum: 0n }, {}, new AbortController().signal)
    backend.drain.end()
    await settle()
    expect(reader.outputs.at(-1)).toMatchObject({ kind: 'refused', refusal: { code: 'server_draining' } })
    expect(reader.ended()).toBe(true)
    const kinds: string[] = []
    for await (const { kind } of ok(behind)) kinds.push(kind)
    expect(kinds).toEqual(['batch', 'refused'])
  })

  test('is told when the server stops', async () => {
    const { backend, address } = await testStream()
    const reader = await startReader(backend, address, {}, {})
    await backend.close()
    await settle()
    expect(reader.outputs.at(-1)).toMatchObject({ kind: 'refused', refusal: { code: 'server_draining' } })
    expect(reader.ended()).toBe(true)
  })
})
