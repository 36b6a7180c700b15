import { AppendInput, AppendRecord, S2, type S2Stream } from '@s2-dev/streamstore'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createServer, type ReferenceServer } from './server.ts'
import { openMemoryStore } from './store/memory.ts'
import { FakeClock } from './testing/fake-clock.ts'

const SECOND = 1000
const DAY = 86_400 * SECOND

let server: ReferenceServer
let clock: FakeClock
let client: S2

beforeEach(async () => {
  clock = new FakeClock()
  server = await createServer({
    data: { store: await openMemoryStore() },
    clock,
    options: { backend: { deleteOnEmptyGrace: 60 * SECOND } },
  })
  const url = await server.start()
  client = new S2({ accessToken: 'ignored', endpoints: { account: url, basin: url } })
  await client.basins.create({ basin: 'ageing-basin' })
})

afterEach(() => server.stop())

const basin = () => client.basin('ageing-basin')
const input = (...bodies: readonly string[]) =>
  AppendInput.create(bodies.map((body) => AppendRecord.string({ body })))

async function bodies(stream: S2Stream): Promise<readonly string[]> {
  const { records } = await stream.read({ start: { from: { seqNum: 0 } } })
  return records.map(({ body }) => body)
}

describe('the official SDK sees', () => {
  test('records go when they are older than the retention of their stream (AUT-014)', async () => {
    await basin().streams.create({ stream: 's', config: { retentionPolicy: { ageSecs: 3600 } } })
    const stream = basin().stream('s')
    await stream.append(input('old', 'old'))
    await clock.advance(1800 * SECOND)
    await stream.append(input('new'))
    await clock.advance(1800 * SECOND)
    expect(await bodies(stream)).toEqual(['old', 'old', 'new'])
    await clock.advance(60 * SECOND)
    expect(await bodies(stream)).toEqual(['new'])
    await clock.advance(1800 * SECOND)
    expect(await bodies(stream)).toEqual([])
    expect((await stream.checkTail()).tail.seqNum).toBe(3)
    expect((await stream.append(input('next'))).start.seqNum).toBe(3)
  })

  test('the default of seven days', async () => {
    await basin().streams.create({ stream: 's' })
    const stream = basin().stream('s')
    await stream.append(input('a'))
    await clock.advance(7 * DAY)
    expect(await bodies(stream)).toEqual(['a'])
    await clock.advance(60 * SECOND)
    expect(await bodies(stream)).toEqual([])
  })

  test('an empty stream go, and its name free again (CP-CFG-083, AUT-016)', async () => {
    const config = { retentionPolicy: { infinite: {} }, deleteOnEmpty: { minAgeSecs: 120 } }
    await basin().streams.create({ stream: 'emptied', config })
    await basin().streams.create({ stream: 'kept', config })
    await basin().stream('emptied').append(input('a'))
    await basin().stream('kept').append(input('a'))
    await clock.advance(DAY)
    await basin()
      .stream('emptied')
      .append(AppendInput.create([AppendRecord.trim(2)]))
    await clock.advance(170 * SECOND)
    expect((await basin().streams.list()).streams.map(({ name }) => name)).toEqual(['emptied', 'kept'])
    await clock.advance(30 * SECOND)
    expect((await basin().streams.list()).streams.map(({ name }) => name)).toEqual(['kept'])
    await basin().streams.create({ stream: 'emptied' })
    expect((await basin().stream('emptied').checkTail()).tail.seqNum).toBe(0)
  })
})
