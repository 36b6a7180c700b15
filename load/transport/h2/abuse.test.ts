import { afterEach, describe, expect, test } from 'vitest'
import { MANY_UNFINISHED } from '../answer-body.ts'
import { ERROR, FLAG, FRAME, frame } from './frame.ts'
import { IdleFrames, MAX_IDLE_FRAMES } from './idle-frames.ts'
import { ask, dataFrame, head, meet, type Peer, type PeerOptions } from './testing/peer.ts'

const peers: Peer[] = []
afterEach(() => {
  for (const peer of peers.splice(0)) peer.close()
})

async function begin(options?: PeerOptions): Promise<Peer> {
  const peer = await meet(options)
  peers.push(peer)
  return peer
}

/** The code with which the client ended the connection. */
async function codeOf(peer: Peer): Promise<number | undefined> {
  await expect.poll(() => peer.isEnded).toBe(true)
  const last = peer.frames.at(-1)
  return last?.type === FRAME.goAway ? last.payload.readUInt32BE(4) : undefined
}

describe('a target ends its connection', () => {
  test('by more data than the window of a stream', async () => {
    const peer = await begin({ streamWindow: 1000, connectionWindow: 100_000 })
    const { told } = ask(peer.connection)
    // In one chunk, so that no update can come between.
    expect(peer.connection.take(Buffer.concat([head(1), dataFrame(1, 1001)]))).toBe(false)
    expect(told).toEqual(['the target sent more data than its window allowed'])
    expect(await codeOf(peer)).toBe(ERROR.flowControl)
  })

  test('by more data than the window of the connection', async () => {
    const peer = await begin({ streamWindow: 1 << 20 })
    const { told } = ask(peer.connection)
    peer.connection.take(Buffer.concat([head(1), dataFrame(1, 65_536)]))
    expect(told).toEqual(['the target sent more data than its window allowed'])
    expect(await codeOf(peer)).toBe(ERROR.flowControl)
  })

  test('by data on a stream that it has ended', async () => {
    const peer = await begin()
    const asked = [ask(peer.connection), ask(peer.connection)]
    peer.say(head(1, FLAG.endStream), dataFrame(1, 1))
    expect(await codeOf(peer)).toBe(ERROR.streamClosed)
    expect(asked.map(({ told }) => told)).toEqual([
      [200],
      ['the target sent DATA frames on a stream that is closed'],
    ])
  })

  test('by more data on a cancelled stream than was under way', async () => {
    const peer = await begin({ streamWindow: 1000 })
    const { exchange } = ask(peer.connection)
    peer.connection.cancel(exchange)
    peer.say(head(1), dataFrame(1, 1000))
    await peer.settled()
    expect(peer.isEnded).toBe(false)
    peer.say(dataFrame(1, 1))
    expect(await codeOf(peer)).toBe(ERROR.streamClosed)
  })

  test('by many answers of which none ends', async () => {
    const peer = await begin({ streamWindow: 1 << 20, connectionWindow: 64 << 20 })
    const asked = Array.from({ length: 17 }, () => ask(peer.connection))
    const parts = asked.map(({ exchange }) => {
      const pieces = Array.from({ length: 4 }, () => dataFrame(exchange.stream, 256 * 1024))
      return Buffer.concat([head(exchange.stream), ...pieces])
    })
    for (const part of parts.slice(0, -1)) expect(peer.connection.take(part)).toBe(true)
    expect(peer.connection.take(parts.at(-1) ?? Buffer.alloc(0))).toBe(false)
    expect(asked.map(({ told }) => told)).toEqual(asked.map(() => [MANY_UNFINISHED]))
    expect(await codeOf(peer)).toBe(ERROR.enhanceYourCalm)
  })

  test.each([
    ['a PING of the wrong length', frame(FRAME.ping, 0, 0, Buffer.alloc(7)), ERROR.frameSize],
    ['a header block without end', frame(FRAME.headers, 0, 1, Buffer.alloc(65_537)), ERROR.enhanceYourCalm],
    [
      'a head that cannot be decoded',
      frame(FRAME.headers, FLAG.endHeaders, 1, Buffer.from([0x3f])),
      ERROR.compression,
    ],
    [
      'a frame inside a header block',
      Buffer.concat([frame(FRAME.headers, 0, 1, Buffer.alloc(1)), dataFrame(1, 1)]),
      ERROR.protocol,
    ],
  ])('by %s, with the code for it', async (_what, bytes, code) => {
    const peer = await begin()
    ask(peer.connection)
    peer.say(bytes)
    expect(await codeOf(peer)).toBe(code)
  })
})

test('an answer that is too long ends its stream, and the others go on', async () => {
  const peer = await begin({ streamWindow: 4 << 20, connectionWindow: 64 << 20 })
  const [long, short] = [ask(peer.connection), ask(peer.connection)]
  const piece = dataFrame(1, 256 * 1024)
  peer.say(head(1), piece, piece, piece, piece, dataFrame(1, 1), piece, head(3, FLAG.endStream))
  await peer.settled()
  expect(long?.told).toEqual(['the target sent an answer of more than 1048576 bytes'])
  expect(short?.told).toEqual([200])
})

test('frames that only keep a connection alive are no harm, however many they are', () => {
  let nowMs = 0
  const idle = new IdleFrames(() => nowMs)
  for (let count = 0; count < 5 * MAX_IDLE_FRAMES; count++) {
    nowMs += 11
    idle.add()
  }
  idle.reset()
  expect(() => {
    for (let count = 0; count < 3 * MAX_IDLE_FRAMES; count++) idle.add()
  }).toThrow('frames in a row that brought no part of an answer')
})
