import { afterEach, describe, expect, test } from 'vitest'
import { FLAG, FRAME, frame, numberFrame, SETTING, settingsFrame } from './frame.ts'
import { answer, ask, dataFrame, head, meet, type Peer, type PeerOptions } from './testing/peer.ts'

const peers: Peer[] = []
afterEach(() => {
  for (const peer of peers.splice(0)) peer.close()
})

async function begin(options?: PeerOptions): Promise<Peer> {
  const peer = await meet(options)
  peers.push(peer)
  return peer
}

const atMost = (streams: number): readonly [number, number] => [SETTING.maxConcurrentStreams, streams]

/** Streams that were begun, in order. */
const begun = (peer: Peer): readonly number[] =>
  peer.frames.filter(({ type }) => type === FRAME.headers).map(({ stream }) => stream)

const resets = (peer: Peer): readonly (readonly [number, number])[] =>
  peer.frames
    .filter(({ type }) => type === FRAME.reset)
    .map(({ stream, payload }) => [stream, payload.readUInt32BE()])

function goAway(last: number, code = 0, debug = ''): Buffer {
  const payload = Buffer.alloc(8 + debug.length)
  payload.writeUInt32BE(last)
  payload.writeUInt32BE(code, 4)
  payload.write(debug, 8)
  return frame(FRAME.goAway, 0, 0, payload)
}

const LOST = 'the target went away before it began with it'

describe('it says', () => {
  test('first its settings, in which no table is kept and nothing pushed, then that it has heard the others', async () => {
    const peer = await begin({ streamWindow: 70_000 })
    await peer.settled()
    const [first, ack] = peer.frames
    expect(first).toEqual({
      type: FRAME.settings,
      flags: 0,
      stream: 0,
      payload: Buffer.from('000100000000' + '000200000000' + '000400011170' + '000500040000', 'hex'),
    })
    expect(ack).toEqual({ type: FRAME.settings, flags: FLAG.ack, stream: 0, payload: Buffer.alloc(0) })
  })

  test('nothing to what only says that something was heard', async () => {
    const peer = await begin()
    await peer.settled()
    const before = peer.frames.length
    peer.say(
      frame(FRAME.settings, FLAG.ack, 0, Buffer.alloc(0)),
      frame(FRAME.ping, FLAG.ack, 0, Buffer.alloc(8, 7)),
    )
    await peer.settled()
    expect(peer.frames.slice(before).map(({ type }) => type)).toEqual([FRAME.ping])
  })

  test('what was wrong, and ends', async () => {
    const peer = await begin()
    const { told } = ask(peer.connection)
    peer.say(frame(FRAME.pushPromise, 0, 1, Buffer.alloc(4)))
    await expect.poll(() => peer.isEnded).toBe(true)
    expect(told).toEqual(['the target sent a PUSH_PROMISE frame although pushes are forbidden'])
    expect(peer.frames.at(-1)).toMatchObject({
      type: FRAME.goAway,
      payload: Buffer.from('0000000000000001', 'hex'),
    })
    expect(ask(peer.connection).told).toEqual(['the connection was closed'])
  })
})

describe('streams', () => {
  test('have the odd numbers, in order', async () => {
    const peer = await begin()
    for (let turn = 0; turn < 3; turn++) ask(peer.connection)
    await peer.settled()
    expect(begun(peer)).toEqual([1, 3, 5])
  })

  test('are as many as the other side takes, and what waits is begun in its order', async () => {
    const peer = await begin({ settings: [atMost(2)] })
    // That they wait shows in their lengths.
    for (let length = 1; length <= 5; length++) ask(peer.connection, { head: Buffer.alloc(length) })
    await peer.settled()
    const heads = (): readonly number[] =>
      peer.frames.filter(({ type }) => type === FRAME.headers).map(({ payload }) => payload.length)
    expect(heads()).toEqual([1, 2])
    peer.say(answer(1))
    await peer.settled()
    expect(heads()).toEqual([1, 2, 3])
    peer.say(numberFrame(FRAME.reset, 3, 0))
    await peer.settled()
    expect(heads()).toEqual([1, 2, 3, 4])
  })

  test.each([
    ['before the other side has said how many it takes', []],
    ['where the other side takes more', [atMost(5)]],
  ])('are no more than are wanted, %s', async (_when, settings) => {
    const peer = await begin({ settings, mostStreams: 1 })
    for (let turn = 0; turn < 3; turn++) ask(peer.connection)
    await peer.settled()
    expect(begun(peer)).toEqual([1])
    peer.say(answer(1))
    await peer.settled()
    expect(begun(peer)).toEqual([1, 3])
  })

  test('that wait are begun when the other side takes more', async () => {
    const peer = await begin({ settings: [atMost(0)] })
    for (let turn = 0; turn < 3; turn++) ask(peer.connection)
    await peer.settled()
    expect(begun(peer)).toEqual([])
    peer.say(settingsFrame([atMost(2)]))
    await peer.settled()
    expect(begun(peer)).toEqual([1, 3])
    peer.say(settingsFrame([atMost(0)]), answer(1), answer(3))
    await peer.settled()
    expect(begun(peer)).toEqual([1, 3])
  })

  test('end with the last number that there is, and what waits for one more is told', async () => {
    const peer = await begin({ settings: [atMost(1)], firstStream: 0x7fff_fffd })
    const asked = Array.from({ length: 3 }, () => ask(peer.connection))
    peer.say(answer(0x7fff_fffd))
    await peer.settled()
    peer.say(answer(0x7fff_ffff))
    await expect.poll(() => peer.isEnded).toBe(true)
    expect(begun(peer)).toEqual([0x7fff_fffd, 0x7fff_ffff])
    expect(asked.map(({ told }) => told)).toEqual([[200], [200], ['the connection has no more streams']])
    expect(peer.connection.isUsable).toBe(false)
  })

  test('are not begun for what was given up while it waited', async () => {
    const peer = await begin({ settings: [atMost(1)] })
    const [, second] = [ask(peer.connection), ask(peer.connection)]
    peer.connection.cancel(second.exchange)
    peer.say(answer(1))
    await peer.settled()
    expect(begun(peer)).toEqual([1])
    expect(second.told).toEqual([])
  })

  test('take a head as long as one frame', async () => {
    const peer = await begin()
    const [fits, longer] = [16_384, 16_385].map((length) =>
      ask(peer.connection, { head: Buffer.alloc(length) }),
    )
    await peer.settled()
    expect(begun(peer)).toEqual([1])
    expect(fits?.told).toEqual([])
    expect(longer?.told).toEqual(['a head of 16385 bytes is longer than the target takes at once'])
  })
})

describe('a table of heads that is smaller than what both sides begin with', () => {
  const table = (size: number): readonly [number, number] => [SETTING.headerTableSize, size]
  const heads = (peer: Peer): readonly string[] =>
    peer.frames.filter(({ type }) => type === FRAME.headers).map(({ payload }) => payload.toString('hex'))

  test.each([
    ['nothing', 0, '2082'],
    ['a bit less', 4095, '2082'],
    ['as much', 4096, '82'],
    ['more', 65_536, '82'],
  ])('is said to be empty, once, where the other side keeps %s', async (_how, size, first) => {
    const peer = await begin({ settings: [table(size)] })
    for (let turn = 0; turn < 2; turn++) ask(peer.connection, { head: Buffer.from([0x82]) })
    await peer.settled()
    expect(heads(peer)).toEqual([first, '82'])
  })

  test('is said to be empty in the first head behind the settings that made it smaller', async () => {
    const peer = await begin()
    const next = async (...settings: Buffer[]): Promise<void> => {
      peer.say(...settings)
      await peer.settled()
      ask(peer.connection, { head: Buffer.from([0x82]) })
    }
    await next()
    await next(settingsFrame([table(100)]))
    await next(settingsFrame([table(4096)]), settingsFrame([table(0)]))
    await peer.settled()
    expect(heads(peer)).toEqual(['82', '2082', '82'])
  })
})

describe('an answer', () => {
  test('before the whole body is there is the end of it, which the other side is told', async () => {
    const peer = await begin({ settings: [[SETTING.initialWindowSize, 10]] })
    const { told } = ask(peer.connection, { body: Buffer.alloc(100) })
    peer.say(answer(1))
    await peer.settled()
    expect(told).toEqual([200])
    expect(resets(peer)).toEqual([[1, 8]])
  })

  test('has one status, whatever was said before it', async () => {
    const peer = await begin()
    const statuses: number[] = []
    const { told } = ask(peer.connection, {
      taker: { onStatus: (status) => statuses.push(status), onContent() {} },
    })
    const early = Buffer.from(`0803${Buffer.from('103').toString('hex')}`, 'hex')
    peer.say(frame(FRAME.headers, FLAG.endHeaders, 1, early), answer(1))
    await peer.settled()
    expect(statuses).toEqual([200])
    expect(told).toEqual([200])
  })

  test('without a status is none', async () => {
    const peer = await begin()
    const { told } = ask(peer.connection)
    const early = Buffer.from(`0803${Buffer.from('103').toString('hex')}`, 'hex')
    peer.say(frame(FRAME.headers, FLAG.endHeaders | FLAG.endStream, 1, early))
    await peer.settled()
    expect(told).toEqual(['the target ended an answer before its status'])
  })

  test('that is given up is told to the other side once, whether or not the body is sent', async () => {
    const peer = await begin({ settings: [[SETTING.initialWindowSize, 10]] })
    const asked = [10, 100].map((length) => ask(peer.connection, { body: Buffer.alloc(length) }))
    for (const { exchange } of asked) peer.connection.cancel(exchange)
    await peer.settled()
    expect(resets(peer)).toEqual([
      [1, 8],
      [3, 8],
    ])
    expect(asked.map(({ told }) => told)).toEqual([[], []])
  })

  test('that is given up in its last piece is not told as whole', async () => {
    const peer = await begin()
    const asked = ask(peer.connection, {
      taker: { onStatus() {}, onContent: () => peer.connection.cancel(asked.exchange) },
    })
    peer.say(head(1), dataFrame(1, 5, FLAG.endStream))
    await peer.settled()
    expect(asked.told).toEqual([])
  })

  test('that comes behind a reset is not heard, nor is the reset answered by another', async () => {
    const peer = await begin({ settings: [[SETTING.initialWindowSize, 10]] })
    const { told } = ask(peer.connection, { body: Buffer.alloc(100) })
    peer.say(numberFrame(FRAME.reset, 1, 7), answer(1))
    await peer.settled()
    expect(told).toEqual(['the stream was closed with code 7'])
    expect(resets(peer)).toEqual([])
  })
})

describe('a goodbye', () => {
  test('loses what is behind its last stream and what waits; the rest is answered, and then it ends', async () => {
    const peer = await begin({ settings: [atMost(3)] })
    const asked = Array.from({ length: 4 }, () => ask(peer.connection))
    peer.say(goAway(3))
    await peer.settled()
    expect(asked.map(({ told }) => told)).toEqual([[], [], [LOST], [LOST]])
    expect(ask(peer.connection).told).toEqual(['the connection was closed'])
    peer.say(answer(1))
    await peer.settled()
    expect(peer.isEnded).toBe(false)
    peer.say(answer(3))
    await expect.poll(() => peer.isEnded).toBe(true)
    expect(asked.map(({ told }) => told)).toEqual([[200], [200], [LOST], [LOST]])
    expect(begun(peer)).toEqual([1, 3, 5])
  })

  test('says why to all that it ends, whatever the socket says then', async () => {
    const peer = await begin({ settings: [atMost(2)] })
    const asked = Array.from({ length: 3 }, () => ask(peer.connection))
    peer.say(goAway(1, 9, 'could not decode'))
    await peer.settled()
    const why = 'COMPRESSION_ERROR, "could not decode"'
    expect(ask(peer.connection).told).toEqual([`the target ended the connection: ${why}`])
    peer.close()
    await expect
      .poll(() => asked.map(({ told }) => told))
      .toEqual([[`the target ended the connection: ${why}`], [`${LOST}: ${why}`], [`${LOST}: ${why}`]])
  })

  test('that is friendly at first may be none later', async () => {
    const peer = await begin()
    const { told } = ask(peer.connection)
    peer.say(goAway(2 ** 31 - 1), goAway(1, 2))
    await peer.settled()
    peer.close()
    await expect.poll(() => told).toEqual(['the target ended the connection: INTERNAL_ERROR'])
  })

  test('ends at once where nothing is under way', async () => {
    const peer = await begin()
    peer.say(goAway(0))
    await expect.poll(() => peer.isEnded).toBe(true)
    expect(peer.connection.isUsable).toBe(false)
  })
})

test('what is under way, what waits for a window and what waits for a stream is lost with the connection', async () => {
  const peer = await begin({ settings: [atMost(1), [SETTING.initialWindowSize, 10]] })
  const asked = [ask(peer.connection, { body: Buffer.alloc(100) }), ask(peer.connection)]
  expect(peer.connection.isWaiting).toBe(true)
  peer.connection.close()
  await expect
    .poll(() => asked.map(({ told }) => told))
    .toEqual([['the connection was closed'], ['the connection was closed']])
  expect(peer.connection.isWaiting).toBe(false)
})
