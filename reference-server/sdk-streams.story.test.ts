import {
  AppendInput,
  AppendRecord,
  EncryptionKey,
  FencingTokenMismatchError,
  meteredBytes,
  RangeNotSatisfiableError,
  S2Error,
  type S2Stream,
  SeqNumMismatchError,
} from '@s2-dev/streamstore'
import { describe, expect, test } from 'vitest'
import { allOf, tellSdkStory, text, texts } from './testing/sdk-story.ts'

const story = tellSdkStory('streams')
const { client, newStream, basinName } = story

describe('the official SDK appends and reads', () => {
  test('unary, text and bytes', async () => {
    const stream = await newStream()
    const bytes = Uint8Array.of(0, 255, 128)
    const ack = await stream.append(
      AppendInput.create([
        AppendRecord.string({ body: 'é', headers: [['k', 'v']] }),
        AppendRecord.bytes({ body: bytes }),
      ]),
    )
    expect(ack.start.seqNum).toBe(0)
    expect(ack.end.seqNum).toBe(2)
    const asText = await stream.read({ start: { from: { seqNum: 0 } } })
    expect(asText.records[0]).toMatchObject({ seqNum: 0, body: 'é', headers: [['k', 'v']] })
    const asBytes = await stream.read({ start: { from: { seqNum: 1 } } }, { as: 'bytes' })
    expect(asBytes.records[0]?.body).toEqual(bytes)
    expect((await stream.checkTail()).tail.seqNum).toBe(2)
  })

  test('the tail is not readable without waiting', async () => {
    const stream = await newStream()
    const refused = stream.read({ start: { from: { seqNum: 0 } } })
    await expect(refused).rejects.toBeInstanceOf(RangeNotSatisfiableError)
    await expect(refused).rejects.toMatchObject({ tail: { seqNum: 0 } })
  })

  test('conditions that do not hold are told with the actual value', async () => {
    const stream = await newStream()
    await stream.append(texts('a'))
    await expect(stream.append(AppendInput.create([text('b')], { matchSeqNum: 7 }))).rejects.toMatchObject({
      constructor: SeqNumMismatchError,
      expectedSeqNum: 1,
    })
    await stream.append(AppendInput.create([AppendRecord.fence('mine')]))
    await expect(
      stream.append(AppendInput.create([text('b')], { fencingToken: 'theirs' })),
    ).rejects.toMatchObject({ constructor: FencingTokenMismatchError, expectedFencingToken: 'mine' })
    await stream.append(AppendInput.create([text('b')], { fencingToken: 'mine', matchSeqNum: 2 }))
    expect((await stream.checkTail()).tail.seqNum).toBe(3)
  })

  test('a trim command takes records away', async () => {
    const stream = await newStream()
    await stream.append(texts('a', 'b', 'c'))
    await stream.append(AppendInput.create([AppendRecord.trim(2)]))
    await expect
      .poll(async () => (await stream.read({ start: { from: { seqNum: 0 } } })).records[0]?.seqNum)
      .toBe(2)
  })
})

describe('the official SDK reads', () => {
  const timed = (body: string, timestamp: number) => AppendRecord.string({ body, timestamp })

  test('from where it is told, up to where it is told', async () => {
    const stream = await newStream()
    await stream.append(AppendInput.create(['a', 'b', 'c', 'd'].map((body, i) => timed(body, 1000 + 10 * i))))
    const bodies = async (input: Parameters<S2Stream['read']>[0]): Promise<string> =>
      (await stream.read(input)).records.map(({ body }) => body).join('')
    expect(await bodies({ start: { from: { timestamp: 1010 } } })).toBe('bcd')
    expect(await bodies({ start: { from: { timestamp: new Date(1011) } } })).toBe('cd')
    expect(await bodies({ start: { from: { tailOffset: 1 } } })).toBe('d')
    const all = { from: { seqNum: 0 } }
    expect(await bodies({ start: all, stop: { limits: { count: 2 } } })).toBe('ab')
    expect(await bodies({ start: all, stop: { limits: { bytes: 27 } } })).toBe('abc')
    expect(await bodies({ start: all, stop: { untilTimestamp: new Date(1020) } })).toBe('ab')
    const beyond = { from: { seqNum: 99 }, clamp: true }
    expect(await bodies({ start: beyond, stop: { waitSecs: 1 } })).toBe('')
    await expect(stream.read({ start: beyond })).rejects.toBeInstanceOf(RangeNotSatisfiableError)
  })

  test('bytes, headers and commands as they were written', async () => {
    const stream = await newStream()
    const record = AppendRecord.bytes({
      body: Uint8Array.of(0, 200),
      headers: [[Uint8Array.of(255), 'value']],
      timestamp: 1234,
    })
    await stream.append(AppendInput.create([record, AppendRecord.fence('token')]))
    const { records } = await stream.read({ start: { from: { seqNum: 0 } } }, { as: 'bytes' })
    const [first] = records
    if (first === undefined) throw new Error('nothing came')
    expect([...first.body]).toEqual([0, 200])
    expect(first.headers).toEqual([[Uint8Array.of(255), new TextEncoder().encode('value')]])
    expect(first.timestamp).toEqual(new Date(1234))
    expect(meteredBytes(first)).toBe(record.meteredBytes)
    const some = await stream.read({ start: { from: { seqNum: 0 } }, ignoreCommandRecords: true })
    expect([records.length, some.records.length]).toEqual([2, 1])
  })
})

describe('the official SDK creates streams on use', () => {
  const create = { createStreamOnAppend: true, createStreamOnRead: true }
  const streamConfig = { retentionPolicy: { ageSecs: 77 } }

  test.each(['fetch', 's2s'] as const)(
    'with a configuration of their own, over %s',
    async (forceTransport) => {
      await newStream({}, create)
      const basin = client().basin(basinName())
      await basin.stream('unary').append(AppendInput.create([text('a')], { streamConfig }))
      const read = basin.stream('read').read({ start: { from: { seqNum: 0 } }, streamConfig })
      await expect(read).rejects.toBeInstanceOf(RangeNotSatisfiableError)
      const session = await basin.stream('session', { forceTransport }).appendSession({ streamConfig })
      await (await session.submit(texts('a'))).ack()
      await session.close()
      const stop = { limits: { count: 1 }, waitSecs: 1 }
      const reader = await basin.stream('reader', { forceTransport }).readSession({ stop, streamConfig })
      expect(await allOf(reader)).toEqual([])
      for (const stream of ['unary', 'read', 'session', 'reader']) {
        expect(await basin.streams.getConfig({ stream }), stream).toMatchObject(streamConfig)
      }
    },
  )
})

describe('the official SDK encrypts', () => {
  const ciphers = ['aegis-256', 'aes-256-gcm'] as const
  const key = Uint8Array.from({ length: 32 }, (_, index) => index)

  test.each(ciphers)('with %s, for those who have the key', async (streamCipher) => {
    const { name } = await newStream({}, { streamCipher })
    const basin = client().basin(basinName())
    expect((await basin.streams.list()).streams[0]?.cipher).toBe(streamCipher)
    for (const forceTransport of ['fetch', 's2s'] as const) {
      const stream = basin.stream(name, { forceTransport, encryptionKey: EncryptionKey.from(key) })
      const session = await stream.appendSession()
      await (await session.submit(texts('secret'))).ack()
      await session.close()
      const [last] = (await stream.read({ start: { from: { tailOffset: 1 } } })).records
      expect(last?.body).toBe('secret')
      const follower = await stream.readSession({
        start: { from: { tailOffset: 1 } },
        stop: { limits: { count: 1 } },
      })
      expect((await allOf(follower)).map(({ body }) => body)).toEqual(['secret'])
      const other = stream.withEncryptionKey(new Uint8Array(32))
      await expect(other.read({ start: { from: { seqNum: 0 } } })).rejects.toMatchObject({
        code: 'decryption_failed',
      })
    }
    await expect(basin.stream(name).append(texts('in the clear'))).rejects.toBeInstanceOf(S2Error)
  })
})

test('no call of this part of the official SDK was left out', () => {
  expect(story.surface.missing()).toEqual([])
})
