import { expect, test } from 'vitest'
import { FLAG, FRAME, frame, numberFrame } from './frame.ts'
import { Http2Error } from './frame-reader.ts'
import { Incoming } from './incoming.ts'

/** What is heard of these bytes; each chunk's are overwritten once it is taken, as those of a socket are. */
function heard(...chunks: readonly Buffer[]): readonly unknown[] {
  const calls: unknown[] = []
  const incoming = new Incoming(1000, {
    onHead: (stream, block, isLast) => calls.push(['head', stream, block.toString(), isLast]),
    onBody: (stream, content, taken, isLast) =>
      calls.push(['body', stream, content.toString(), taken, isLast]),
    onReset: (...all) => calls.push(['reset', ...all]),
    onSettings: (settings) => calls.push(['settings', settings]),
    onPing: (payload) => calls.push(['ping', payload.toString('hex')]),
    onGoAway: (last, code, debug) => calls.push(['goAway', last, code, debug.toString()]),
    onWindow: (...all) => calls.push(['window', ...all]),
  })
  for (const chunk of chunks) {
    const bytes = Buffer.from(chunk)
    incoming.push(bytes)
    bytes.fill(0xff)
  }
  return calls
}

const hex = (text: string): Buffer => Buffer.from(text, 'hex')
const { endHeaders, endStream, padded, priority } = FLAG
const PADDED = Buffer.from('\x03text\0\0\0')
const WEIGHED = Buffer.from('\0\0\0\0\x10text')
const BOTH = Buffer.from('\x02\0\0\0\0\x10text\0\0')

test.each<[string, Buffer, unknown]>([
  ['data', frame(FRAME.data, 0, 3, Buffer.from('text')), ['body', 3, 'text', 4, false]],
  ['padded data', frame(FRAME.data, padded | endStream, 3, PADDED), ['body', 3, 'text', 8, true]],
  ['data of padding alone', frame(FRAME.data, padded, 3, hex('020000')), ['body', 3, '', 3, false]],
  ['a head', frame(FRAME.headers, endHeaders, 3, Buffer.from('text')), ['head', 3, 'text', false]],
  ['a padded head', frame(FRAME.headers, endHeaders | padded, 3, PADDED), ['head', 3, 'text', false]],
  ['a weighed head', frame(FRAME.headers, endHeaders | priority, 3, WEIGHED), ['head', 3, 'text', false]],
  [
    'a head of both',
    frame(FRAME.headers, endHeaders | padded | priority, 3, BOTH),
    ['head', 3, 'text', false],
  ],
  ['a reset', numberFrame(FRAME.reset, 3, 0xffff_ffff), ['reset', 3, 0xffff_ffff]],
  [
    'settings',
    frame(FRAME.settings, 0, 0, hex('0003000000640004000fffff')),
    [
      'settings',
      [
        [3, 100],
        [4, 0xf_ffff],
      ],
    ],
  ],
  ['a ping', frame(FRAME.ping, 0, 0, hex('0102030405060708')), ['ping', '0102030405060708']],
  ['a goodbye', frame(FRAME.goAway, 0, 0, hex('000000050000000274657874')), ['goAway', 5, 2, 'text']],
  ['a goodbye with a reserved bit', frame(FRAME.goAway, 0, 0, hex('8000000500000000')), ['goAway', 5, 0, '']],
  ['room', numberFrame(FRAME.windowUpdate, 3, 7), ['window', 3, 7]],
  ['room with a reserved bit', numberFrame(FRAME.windowUpdate, 3, 0x8000_0007), ['window', 3, 7]],
  ['a stream with a reserved bit', hex('000000000180000003'), ['body', 3, '', 0, true]],
])('%s is heard as what it means', (_what, bytes, call) => {
  expect(heard(bytes)).toEqual([call])
})

test.each<[string, Buffer]>([
  ['an ack of settings', frame(FRAME.settings, FLAG.ack, 0, Buffer.alloc(0))],
  ['an ack of a ping', frame(FRAME.ping, FLAG.ack, 0, Buffer.alloc(8))],
  ['a priority', frame(2, 0, 3, Buffer.alloc(5))],
  ['a kind that nobody knows', frame(0x20, 0xff, 3, Buffer.alloc(5))],
])('of %s nothing is told', (_what, bytes) => {
  expect(heard(bytes)).toEqual([])
})

test('a head in several frames is put together, whoever ends its stream having said so in the first', () => {
  const frames = [
    frame(FRAME.headers, endStream, 3, Buffer.from('one ')),
    frame(FRAME.continuation, 0, 3, Buffer.from('two ')),
    frame(FRAME.continuation, endHeaders, 3, Buffer.from('three')),
  ]
  expect(heard(...frames)).toEqual([['head', 3, 'one two three', true]])
  expect(heard(Buffer.concat(frames))).toEqual([['head', 3, 'one two three', true]])
})

test('padded data is told at once, also where it comes in pieces', () => {
  const bytes = frame(FRAME.data, padded | endStream, 3, PADDED)
  expect(heard(bytes.subarray(0, 12), bytes.subarray(12, 15), bytes.subarray(15))).toEqual([
    ['body', 3, 'text', 8, true],
  ])
})

test('a frame may be as long as is allowed', () => {
  expect(heard(frame(FRAME.data, 0, 3, Buffer.alloc(1000)))).toHaveLength(1)
})

const begun = frame(FRAME.headers, 0, 3, Buffer.from('one'))

test.each<[string, Buffer, string]>([
  [
    'more of a head that did not begin',
    frame(FRAME.continuation, endHeaders, 3, begun),
    'a CONTINUATION frame without HEADERS',
  ],
  [
    'more of the head of another stream',
    Buffer.concat([begun, frame(FRAME.continuation, endHeaders, 5, begun)]),
    'a CONTINUATION frame without HEADERS',
  ],
  [
    'something within a head',
    Buffer.concat([begun, frame(FRAME.ping, 0, 0, Buffer.alloc(8))]),
    'another frame inside a header block',
  ],
  [
    'data of more padding than bytes',
    frame(FRAME.data, padded, 3, hex('030000')),
    'with more padding than bytes',
  ],
  [
    'a head too short for its weight',
    frame(FRAME.headers, endHeaders | priority, 3, hex('00')),
    'with more padding than bytes',
  ],
  ['a reset without its code', frame(FRAME.reset, 0, 3, Buffer.alloc(3)), 'a RST_STREAM frame of 3 bytes'],
  [
    'room without its size',
    frame(FRAME.windowUpdate, 0, 3, Buffer.alloc(3)),
    'a WINDOW_UPDATE frame of 3 bytes',
  ],
  ['a goodbye without its code', frame(FRAME.goAway, 0, 0, Buffer.alloc(7)), 'a GOAWAY frame of 7 bytes'],
  ['a goodbye without its stream', frame(FRAME.goAway, 0, 0, Buffer.alloc(3)), 'a GOAWAY frame of 3 bytes'],
  ['a pushed answer', frame(FRAME.pushPromise, endHeaders, 3, hex('00000002')), 'a PUSH_PROMISE frame'],
])('%s is no HTTP/2', (_what, bytes, why) => {
  expect(() => heard(bytes)).toThrow(Http2Error)
  expect(() => heard(bytes)).toThrow(why)
})
