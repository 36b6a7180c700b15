import { FLAG, FRAME, frame, numberFrame, SETTING, settingsFrame } from '../../h2/frame.ts'
import { endless, type HostilePeer, type Operation } from './peer.ts'

const EMPTY = Buffer.alloc(0)
const OK = Buffer.from([0x88])
const ERROR_500 = Buffer.from([0x8e])
const OWN: readonly Operation[] = ['h2-proto append']
const PRIORITY = 2

const head = (stream: number, block = OK, flags = 0): Buffer =>
  frame(FRAME.headers, FLAG.endHeaders | flags, stream, block)
const data = (stream: number, payload: Buffer, flags = 0): Buffer => frame(FRAME.data, flags, stream, payload)
const ping = frame(FRAME.ping, 0, 0, Buffer.alloc(8))

/** These bytes, and then others without end. */
function* then(first: Buffer, repeated: Buffer): Generator<Buffer> {
  yield first
  yield* endless(repeated)
}

/** Nothing more is sent, and the connection stays open until the client closes it. */
function* once(...frames: readonly Buffer[]): Generator<Buffer> {
  yield Buffer.concat(frames)
  yield* endless(EMPTY_PRIORITY)
}
const EMPTY_PRIORITY = frame(PRIORITY, 0, 1, Buffer.alloc(5))

const onOwn = (name: string, expected: string, attack: HostilePeer['attack']): HostilePeer => ({
  ...{ name, operations: OWN, attack, expected },
})

const TOO_LONG = 'the target sent an answer of more than 1048576 bytes'
const IDLE = 'the target sent 10000 frames in a row that brought no part of an answer'

const bodies: readonly HostilePeer[] = [
  {
    name: 'an endless body behind status 200',
    operations: ['h2-proto append', 'h2-json append', 'check-tail'],
    attack: (stream) => then(head(stream), data(stream, Buffer.alloc(16_384, 'x'))),
    expected: TOO_LONG,
  },
  {
    name: 'an endless body behind status 500',
    operations: ['h2-proto append', 'h2-json append', 'check-tail', 's2s append'],
    attack: (stream) => then(head(stream, ERROR_500), data(stream, Buffer.alloc(16_384, 'x'))),
    expected: TOO_LONG,
  },
  {
    name: 'an endless body in DATA frames of one byte',
    operations: ['h2-proto append', 'h2-json append', 'check-tail', 's2s append'],
    attack: (stream) => then(head(stream, ERROR_500), data(stream, Buffer.from('x'))),
    expected: 'the target sent an answer in more than 16384 pieces',
  },
  {
    name: 'a refused read session with an endless body',
    operations: ['s2s read', 's2s read over shared connections', 'sse read'],
    attack: (stream) => then(head(stream, ERROR_500), data(stream, Buffer.alloc(16_384, '\n'))),
    expected: 'was answered with 500',
  },
]

const headerBlocks: readonly HostilePeer[] = [
  onOwn('CONTINUATION frames of no bytes', 'in more than 128 CONTINUATION frames', (stream) =>
    then(frame(FRAME.headers, 0, stream, OK), frame(FRAME.continuation, 0, stream, EMPTY)),
  ),
  onOwn('CONTINUATION frames of 16 KiB', 'a header block of more than 65536 bytes', (stream) =>
    then(frame(FRAME.headers, 0, stream, OK), frame(FRAME.continuation, 0, stream, Buffer.alloc(16_384))),
  ),
  onOwn('a header block of 200 KB in one frame', 'a header block of more than 65536 bytes', (stream) =>
    once(head(stream, Buffer.alloc(200_000))),
  ),
  onOwn('a status of 16 KB in Huffman code', 'does not begin with its status', (stream) => {
    const length = 16_000
    const block = Buffer.alloc(length + 4, 0xfe)
    // An indexed name, then a length with a prefix of seven bits.
    block.set([0x08, 0xff, ((length - 127) & 0x7f) | 0x80], 0)
    block[3] = (length - 127) >>> 7
    return once(head(stream, block))
  }),
  onOwn('a table of heads that grows beyond what was advertised', 'a table of 1048576 bytes', (stream) =>
    once(head(stream, Buffer.from([0x3f, 0xe1, 0xff, 0x3f, 0x88]))),
  ),
  onOwn('more of a header block that did not begin', 'a CONTINUATION frame without HEADERS', (stream) =>
    once(frame(FRAME.continuation, FLAG.endHeaders, stream, OK)),
  ),
  onOwn('a frame inside a header block', 'another frame inside a header block', (stream) =>
    once(frame(FRAME.headers, 0, stream, OK), ping),
  ),
  onOwn('endless informational answers', IDLE, (stream) =>
    endless(head(stream, Buffer.from([0x08, 3, 0x31, 0x30, 0x33]))),
  ),
  ...[
    ['an indexed status', OK],
    ['a status that is spelt', Buffer.from([0x08, 3, 0x35, 0x30, 0x30])],
    ['a name that begins with a colon', Buffer.from([0, 2, 0x3a, 0x78, 1, 0x79])],
    ['a name in Huffman code that begins with a colon', Buffer.from([0, 0x81, 0xb9, 1, 0x79])],
  ].map(([what, block]) =>
    onOwn(`trailers with ${what}`, 'the target sent trailers with a pseudo-header field', (stream) =>
      once(head(stream), head(stream, Buffer.from(block ?? []), FLAG.endStream)),
    ),
  ),
  onOwn('trailers whose table grows beyond what was advertised', 'a table of 1048576 bytes', (stream) =>
    once(head(stream), head(stream, Buffer.from([0x3f, 0xe1, 0xff, 0x3f]), FLAG.endStream)),
  ),
  onOwn('trailers of 200 KB', 'a header block of more than 65536 bytes', (stream) =>
    once(head(stream), head(stream, Buffer.alloc(200_000), FLAG.endStream)),
  ),
  onOwn('trailers that do not end the answer', 'a second head that does not end the answer', (stream) =>
    then(head(stream), head(stream, EMPTY)),
  ),
]

const floods: readonly HostilePeer[] = [
  onOwn('PING frames of 200 KB', 'a PING frame of 200000 bytes', () =>
    endless(frame(FRAME.ping, 0, 0, Buffer.alloc(200_000))),
  ),
  onOwn('endless PING frames', IDLE, () => endless(ping)),
  { ...onOwn('endless PING frames, reading no reply', IDLE, () => endless(ping)), isDeaf: true },
  {
    name: 'content with PING frames between, reading no reply',
    operations: ['s2s read'],
    isDeaf: true,
    // An empty frame of a session is content.
    attack: (stream) =>
      then(head(stream), Buffer.concat([data(stream, Buffer.from([0, 0, 1, 0])), ...Array(99).fill(ping)])),
    expected: 'the target sent PING or SETTINGS frames and did not read the replies',
  },
  onOwn('endless SETTINGS frames', IDLE, () => endless(settingsFrame([]))),
  {
    ...onOwn('endless SETTINGS frames, reading no reply', IDLE, () => endless(settingsFrame([]))),
    isDeaf: true,
  },
  onOwn('SETTINGS frames of 40000 settings', 'a SETTINGS frame of 40000 settings', () =>
    endless(settingsFrame(Array.from({ length: 40_000 }, (_none, at) => [SETTING.initialWindowSize, at]))),
  ),
  onOwn('endless empty DATA frames', IDLE, (stream) => then(head(stream), data(stream, EMPTY))),
  onOwn('endless WINDOW_UPDATE frames', IDLE, () => endless(numberFrame(FRAME.windowUpdate, 0, 1))),
  onOwn('endless PRIORITY frames', IDLE, () => endless(EMPTY_PRIORITY)),
  onOwn('endless frames of an unknown type', IDLE, (stream) =>
    endless(frame(0x20, 0xff, stream, Buffer.alloc(100))),
  ),
  onOwn('endless RST_STREAM frames', 'the stream was closed with code 8', (stream) =>
    endless(numberFrame(FRAME.reset, stream, 8)),
  ),
  onOwn('endless GOAWAY frames', IDLE, () =>
    endless(frame(FRAME.goAway, 0, 0, Buffer.from('7fffffff00000000', 'hex'))),
  ),
]

const wrongFrames: readonly HostilePeer[] = [
  onOwn('a PING of 7 bytes', 'a PING frame of 7 bytes', () => once(frame(FRAME.ping, 0, 0, Buffer.alloc(7)))),
  onOwn('a PING on a stream', 'a PING frame on stream 1', () =>
    once(frame(FRAME.ping, 0, 1, Buffer.alloc(8))),
  ),
  onOwn('a SETTINGS frame of 7 bytes', 'a SETTINGS frame of 7 bytes', () =>
    once(frame(FRAME.settings, 0, 0, Buffer.alloc(7))),
  ),
  onOwn('a SETTINGS frame on a stream', 'a SETTINGS frame on stream 1', () =>
    once(frame(FRAME.settings, 0, 1, EMPTY)),
  ),
  onOwn('an acknowledgement of SETTINGS with settings', 'a SETTINGS frame of 6 bytes', () =>
    once(frame(FRAME.settings, FLAG.ack, 0, Buffer.alloc(6))),
  ),
  onOwn('a RST_STREAM of 5 bytes', 'a RST_STREAM frame of 5 bytes', (stream) =>
    once(frame(FRAME.reset, 0, stream, Buffer.alloc(5))),
  ),
  onOwn('a RST_STREAM on no stream', 'a RST_STREAM frame on stream 0', () =>
    once(numberFrame(FRAME.reset, 0, 0)),
  ),
  onOwn('a RST_STREAM on a stream that was not begun', 'a RST_STREAM frame on stream 99', () =>
    once(numberFrame(FRAME.reset, 99, 0)),
  ),
  onOwn('a PRIORITY of 4 bytes', 'a PRIORITY frame of 4 bytes', (stream) =>
    once(frame(PRIORITY, 0, stream, Buffer.alloc(4))),
  ),
  onOwn('a GOAWAY of 7 bytes', 'a GOAWAY frame of 7 bytes', () =>
    once(frame(FRAME.goAway, 0, 0, Buffer.alloc(7))),
  ),
  onOwn('a GOAWAY on a stream', 'a GOAWAY frame on stream 1', () =>
    once(frame(FRAME.goAway, 0, 1, Buffer.alloc(8))),
  ),
  onOwn('a WINDOW_UPDATE of 3 bytes', 'a WINDOW_UPDATE frame of 3 bytes', () =>
    once(frame(FRAME.windowUpdate, 0, 0, Buffer.alloc(3))),
  ),
  onOwn('a WINDOW_UPDATE of 0', 'a WINDOW_UPDATE frame of 0', () =>
    once(numberFrame(FRAME.windowUpdate, 0, 0)),
  ),
  onOwn('a connection window of 2^31', 'a window of more than 2147483647 bytes', () =>
    once(numberFrame(FRAME.windowUpdate, 0, 0x7fff_ffff)),
  ),
  onOwn('a stream window of 2^31', 'a window of more than 2147483647 bytes', (stream) =>
    once(numberFrame(FRAME.windowUpdate, stream, 0x7fff_ffff)),
  ),
  onOwn('DATA on stream 0', 'a DATA frame on stream 0', () => once(data(0, Buffer.alloc(1)))),
  onOwn('DATA on a stream that was not begun', 'a DATA frame on stream 99', () =>
    once(data(99, Buffer.alloc(1))),
  ),
  onOwn('a head on a stream that was not begun', 'a HEADERS frame on stream 2', () => once(head(2))),
  onOwn('DATA before the head', 'a body before its status', (stream) => once(data(stream, Buffer.alloc(1)))),
  onOwn('padding longer than its frame', 'a DATA frame with more padding than bytes', (stream) =>
    once(head(stream), frame(FRAME.data, FLAG.padded, stream, Buffer.from([3, 0, 0]))),
  ),
  onOwn('a frame longer than SETTINGS_MAX_FRAME_SIZE', 'a frame of 262145 bytes', (stream) =>
    once(head(stream), data(stream, Buffer.alloc(262_145))),
  ),
  onOwn('a PUSH_PROMISE', 'a PUSH_PROMISE frame', (stream) =>
    once(frame(FRAME.pushPromise, FLAG.endHeaders, stream, Buffer.from([0, 0, 0, 2]))),
  ),
]

const ofSetting = (name: string, id: number, value: number, expected: string): HostilePeer => ({
  ...onOwn(name, expected, () => endless(ping)),
  greeting: settingsFrame([[id, value]]),
})

const settings: readonly HostilePeer[] = [
  ...[0, 1, 16_383, 16_777_216].map((value) =>
    ofSetting(`frames of ${value} bytes`, SETTING.maxFrameSize, value, `MAX_FRAME_SIZE ${value}`),
  ),
  ofSetting('windows of 2^31', SETTING.initialWindowSize, 2 ** 31, 'INITIAL_WINDOW_SIZE 2147483648'),
  ...[1, 2].map((value) => ofSetting(`pushes ${value}`, SETTING.enablePush, value, `ENABLE_PUSH ${value}`)),
]

const NODE_FAULT = 'the target does not keep to HTTP/2'

/** The same over the connections of node:http2, which bounds most of them itself. */
const overNode: readonly HostilePeer[] = [
  ...(
    [
      ['CONTINUATION frames of no bytes', NODE_FAULT],
      ['CONTINUATION frames of 16 KiB', NODE_FAULT],
      ['endless informational answers', 'more than 100 informational answers to one request'],
      ['PING frames of 200 KB', NODE_FAULT],
      ['endless PING frames, reading no reply', NODE_FAULT],
      ['endless SETTINGS frames, reading no reply', NODE_FAULT],
      ['endless GOAWAY frames', 'more than 100 GOAWAY frames'],
      ['a WINDOW_UPDATE of 0', NODE_FAULT],
      ['endless WINDOW_UPDATE frames', 'bytes that brought no part of an answer'],
    ] as const
  ).flatMap(([name, expected]) =>
    [...headerBlocks, ...floods, ...wrongFrames]
      .filter((peer) => peer.name === name)
      .map((peer): HostilePeer => ({ ...peer, operations: ['s2s append', 'sse read'], expected })),
  ),
]

/** Servers that break or abuse HTTP/2, RFC 9113. */
export const HTTP2_PEERS: readonly HostilePeer[] = [
  ...bodies,
  ...headerBlocks,
  ...floods,
  ...wrongFrames,
  ...settings,
  ...overNode,
]
