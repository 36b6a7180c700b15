import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ListRequest } from '../semantics/access/listing.ts'
import { isRefusal } from '../semantics/refusal.ts'
import { DEFAULT_BASIN_CONFIG, UNSET_STREAM_CONFIG } from '../semantics/resources/config.ts'
import { openDiskStore } from '../store/disk.ts'
import { eventually } from '../testing/eventually.ts'
import {
  addressOf,
  admitted,
  basinName,
  batch,
  bodiesOf,
  fence,
  ok,
  readAll,
  testBackend,
  testStream,
  trim,
} from '../testing/test-backend.ts'
import type { Backend, StreamAddress } from './backend.ts'

const EVERYTHING: ListRequest = { prefix: '', startAfter: '', limit: undefined }

let directory: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 's2-backend-'))
})

afterEach(() => rm(directory, { recursive: true }))

/** All that a client can see. */
async function everything(backend: Backend, address: StreamAddress) {
  return {
    basins: await backend.listBasins(EVERYTHING),
    config: await backend.getBasinConfig(address.basin),
    streams: await backend.listStreams(address.basin, EVERYTHING),
    stream: await backend.getStreamConfig(address),
    tail: await backend.checkTail(address),
    records: (await readAll(backend, address, { seqNum: 0n, clamp: true }, { wait: 0 })).records,
    fenced: await backend.append(address, batch(['x'], { fencingToken: 'no such token' })),
  }
}

test('a restart changes nothing, and neither does a second one (DUR-012, CMD-013, APP-041)', async () => {
  const { backend, address, clock } = await testStream({ store: await openDiskStore(directory) })
  ok(await backend.createBasin(basinName('other-basin'), DEFAULT_BASIN_CONFIG, undefined))
  const uncapped = { ...UNSET_STREAM_CONFIG, timestampingUncapped: true }
  ok(await backend.ensureStream(address, uncapped))
  const timestamp = 2n ** 64n - 1n
  ok(await backend.append(address, batch(['a', 'b', 'c'])))
  ok(
    await backend.append(
      address,
      admitted({ records: [{ timestamp, headers: [], body: new Uint8Array(3) }] }),
    ),
  )
  ok(await backend.append(address, fence('token')))
  ok(await backend.append(address, trim(2n)))
  await clock.advance(1000)
  await backend.close()

  const first = await testBackend({ store: await openDiskStore(directory), clock })
  const seen = await everything(first.backend, address)
  expect(seen.tail).toEqual({ tail: { seqNum: 6n, timestamp } })
  expect(seen.fenced).toEqual({ refusal: 'fencing-token-mismatch', actual: 'token' })
  expect(seen.records.map(({ seqNum }) => seqNum)).toEqual([2n, 3n, 4n, 5n])
  await first.backend.close()

  const second = await testBackend({ store: await openDiskStore(directory), clock })
  expect(await everything(second.backend, address)).toEqual(seen)
  expect(ok(await second.backend.append(address, batch(['d'], { matchSeqNum: 6n }))).start.timestamp).toBe(
    timestamp,
  )
  await second.backend.close()
})

test('streams made after a restart are streams of their own (AUT-020)', async () => {
  const { backend, address } = await testStream({ store: await openDiskStore(directory) })
  ok(await backend.append(address, batch(['a'])))
  await backend.close()

  const after = await testBackend({ store: await openDiskStore(directory) })
  const other = addressOf(address.basin, 'other')
  ok(await after.backend.createStream(other, UNSET_STREAM_CONFIG, undefined))
  ok(await after.backend.append(other, batch(['b', 'c'], { matchSeqNum: 0n })))
  const { records } = await readAll(after.backend, address, { seqNum: 0n }, { wait: 0 })
  expect(bodiesOf(records)).toEqual(['a'])
  await after.backend.close()
})

test('closing waits for the appends under way, and refuses later ones (DUR-009)', async () => {
  const { backend, address } = await testStream({ store: await openDiskStore(directory) })
  const appends = Array.from({ length: 20 }, (_, index) => backend.append(address, batch([`${index}`])))
  const session = ok(await backend.openAppendSession(address))
  const submitted = session.submit(batch(['last']))
  const closing = backend.close()
  for (const append of await Promise.all(appends)) ok(append)
  ok(await submitted)
  await closing
  const draining = { refusal: 'error', code: 'server_draining' }
  expect(await backend.append(address, batch(['late']))).toMatchObject(draining)
  expect(await session.submit(batch(['late']))).toMatchObject(draining)
  expect(await backend.createStream(addressOf(address.basin, 'late'), UNSET_STREAM_CONFIG, '')).toMatchObject(
    draining,
  )
  const after = await testBackend({ store: await openDiskStore(directory) })
  expect((await readAll(after.backend, address, { seqNum: 0n }, { wait: 0 })).records.length).toBe(21)
  await after.backend.close()
})

test('a stream made after a restart has nothing of one deleted before (AUT-022)', async () => {
  const { backend, address, clock } = await testStream({ store: await openDiskStore(directory) })
  ok(await backend.append(address, batch(['old'])))
  await backend.deleteStream(address)
  await clock.advance(500)
  await backend.close()

  const after = await testBackend({ store: await openDiskStore(directory), clock })
  await after.clock.advance(1000)
  const create = () => after.backend.createStream(address, UNSET_STREAM_CONFIG, undefined)
  ok(await eventually(create, (outcome) => !isRefusal(outcome)))
  ok(await after.backend.append(address, batch(['new'], { matchSeqNum: 0n })))
  await after.clock.advance(200_000)
  const { records } = await readAll(after.backend, address, { seqNum: 0n }, { wait: 0 })
  expect(records.length).toBe(1)
  await after.backend.close()
})
