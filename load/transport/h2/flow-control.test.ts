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

const room = (stream: number, more: number): Buffer => numberFrame(FRAME.windowUpdate, stream, more)
const window = (size: number): readonly [number, number] => [SETTING.initialWindowSize, size]
const sum = (lengths: readonly number[]): number => lengths.reduce((all, length) => all + length, 0)

/** What has come of the bodies of these streams once all is taken that the peer has said. */
async function sent(peer: Peer, ...streams: readonly number[]): Promise<readonly number[]> {
  await peer.settled()
  return streams.map((stream) => sum(peer.data(stream)))
}

describe('what is sent', () => {
  test('keeps to the window of the connection, in frames that are no longer than is allowed', async () => {
    const peer = await begin({ settings: [window(1 << 20)] })
    ask(peer.connection, { body: Buffer.alloc(70_000) })
    await peer.settled()
    expect(peer.data(1)).toEqual([16_384, 16_384, 16_384, 16_383])
    expect(peer.connection.isWaiting).toBe(true)
    peer.say(room(0, 1000))
    expect(await sent(peer, 1)).toEqual([66_535])
    peer.say(room(0, 5000))
    expect(await sent(peer, 1)).toEqual([70_000])
    expect(peer.connection.isWaiting).toBe(false)
    const flags = peer.frames.filter(({ type }) => type === FRAME.data).map((each) => each.flags)
    expect(flags).toEqual([0, 0, 0, 0, 0, FLAG.endStream])
  })

  test('uses frames as long as the settings allow', async () => {
    const peer = await begin({ settings: [[SETTING.maxFrameSize, 20_000]] })
    ask(peer.connection, { body: Buffer.alloc(30_000) })
    await peer.settled()
    expect(peer.data(1)).toEqual([20_000, 10_000])
  })

  test('keeps to the window of each stream, and room for one is none for the others', async () => {
    const peer = await begin({ settings: [window(100)] })
    ask(peer.connection, { body: Buffer.alloc(1000) })
    ask(peer.connection, { body: Buffer.alloc(1000) })
    expect(await sent(peer, 1, 3)).toEqual([100, 100])
    peer.say(room(1, 50))
    expect(await sent(peer, 1, 3)).toEqual([150, 100])
  })

  test('does not take room for a stream for room of the connection', async () => {
    const peer = await begin({ settings: [window(65_000)] })
    ask(peer.connection, { body: Buffer.alloc(70_000) })
    ask(peer.connection, { body: Buffer.alloc(70_000) })
    expect(await sent(peer, 1, 3)).toEqual([65_000, 535])
    peer.say(room(1, 1000))
    expect(await sent(peer, 1, 3)).toEqual([65_000, 535])
    peer.say(answer(1), room(1, 1000))
    expect(await sent(peer, 3)).toEqual([535])
  })

  test('is known to have waited for as long as a window was closed, and for which', async () => {
    const peer = await begin({ settings: [window(100_000)] })
    const waits = () => peer.connection.waits(performance.now())
    expect(waits()).toMatchObject({ byConnection: 0, byStream: 0, stretches: 0 })
    ask(peer.connection, { body: Buffer.alloc(70_000) })
    await peer.settled()
    const closed = waits()
    expect(closed).toMatchObject({ byStream: 0, stretches: 1 })
    expect(closed.byConnection).toBeGreaterThan(0)
    peer.say(room(0, 1 << 20))
    await peer.settled()
    const opened = waits()
    expect(opened.byConnection).toBeGreaterThan(closed.byConnection)
    await peer.settled()
    expect(waits()).toEqual(opened)
    ask(peer.connection, { body: Buffer.alloc(200_000) })
    await peer.settled()
    expect(waits()).toMatchObject({ byConnection: opened.byConnection, stretches: 2 })
    expect(waits().byStream).toBeGreaterThan(0)
  })

  test('waits no more once nobody wants it', async () => {
    const peer = await begin({ settings: [window(100)] })
    const { exchange } = ask(peer.connection, { body: Buffer.alloc(1000) })
    await peer.settled()
    peer.connection.cancel(exchange)
    expect(peer.connection.isWaiting).toBe(false)
    const before = peer.connection.waits(performance.now())
    expect(before.stretches).toBe(1)
    await peer.settled()
    expect(peer.connection.waits(performance.now())).toEqual(before)
  })

  test('follows settings that widen and narrow the windows of streams that are open', async () => {
    const peer = await begin({ settings: [window(1000)] })
    ask(peer.connection, { body: Buffer.alloc(5000) })
    expect(await sent(peer, 1)).toEqual([1000])
    peer.say(settingsFrame([window(1500)]))
    expect(await sent(peer, 1)).toEqual([1500])
    // Of the 500 that are left to it now it has sent 1000 too many: that much room is none yet.
    peer.say(settingsFrame([window(500)]), room(1, 1000))
    await peer.settled()
    ask(peer.connection, { body: Buffer.alloc(5000) })
    expect(await sent(peer, 1, 3)).toEqual([1500, 500])
    peer.say(room(1, 200))
    expect(await sent(peer, 1, 3)).toEqual([1700, 500])
  })

  test.each<[string, Buffer]>([
    ['reset', numberFrame(FRAME.reset, 1, 0)],
    ['answered', answer(1)],
  ])('is no more of a body whose stream is %s', async (_how, end) => {
    const peer = await begin({ settings: [window(100)] })
    ask(peer.connection, { body: Buffer.alloc(1000) })
    await peer.settled()
    peer.say(end, settingsFrame([window(5000)]))
    expect(await sent(peer, 1)).toEqual([100])
    expect(peer.connection.isWaiting).toBe(false)
  })

  test('is no more of a body that the other side went away from', async () => {
    const peer = await begin({ settings: [window(100)] })
    ask(peer.connection)
    ask(peer.connection, { body: Buffer.alloc(1000) })
    await peer.settled()
    peer.say(frame(FRAME.goAway, 0, 0, Buffer.from('0000000100000000', 'hex')), settingsFrame([window(5000)]))
    expect(await sent(peer, 3)).toEqual([100])
    expect(peer.connection.isWaiting).toBe(false)
  })
})

describe('what comes', () => {
  const updates = (peer: Peer): readonly (readonly [number, number])[] =>
    peer.frames
      .filter(({ type }) => type === FRAME.windowUpdate)
      .map(({ stream, payload }) => [stream, payload.readUInt32BE()])

  test('is made room for once half of a window is used, and no more than that', async () => {
    const peer = await begin()
    ask(peer.connection)
    peer.say(head(1), dataFrame(1, 32_767))
    await peer.settled()
    expect(updates(peer)).toEqual([])
    peer.say(dataFrame(1, 1), dataFrame(1, 32_768))
    await peer.settled()
    expect(updates(peer)).toEqual([
      [0, 32_768],
      [1, 32_768],
      [0, 32_768],
      [1, 32_768],
    ])
  })

  test('takes its padding from the windows too', async () => {
    const peer = await begin()
    ask(peer.connection)
    const padded = frame(
      FRAME.data,
      FLAG.padded,
      1,
      Buffer.concat([Buffer.from([255]), Buffer.alloc(32_767)]),
    )
    peer.say(head(1), padded)
    await peer.settled()
    expect(updates(peer)).toEqual([
      [0, 32_768],
      [1, 32_768],
    ])
  })

  test('is made room for on the connection also where nobody wants it any more', async () => {
    const peer = await begin()
    const { exchange, told } = ask(peer.connection)
    peer.connection.cancel(exchange)
    peer.say(head(1), dataFrame(1, 32_768))
    await peer.settled()
    expect(updates(peer)).toEqual([[0, 32_768]])
    expect(told).toEqual([])
  })

  test('has the windows that were asked for', async () => {
    const peer = await begin({ streamWindow: 1000, connectionWindow: 100_000 })
    await peer.settled()
    expect(updates(peer)).toEqual([[0, 100_000 - 65_535]])
    ask(peer.connection)
    peer.say(head(1), dataFrame(1, 500))
    await peer.settled()
    expect(updates(peer).slice(1)).toEqual([[1, 500]])
  })
})
