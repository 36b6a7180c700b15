import {
  FLAG,
  frame,
  hpackInteger,
  hpackString,
  literals,
  TYPE,
} from '../../reference-server/http/testing/http2-wire.ts'
import { type Chance, damaged } from './chance.ts'
import type { WildRequest } from './requests.ts'

/** The fields of a request's head; names that HTTP/2 does not allow are left out. */
function fieldsOf({ method, target, headers }: WildRequest): readonly (readonly [string, string])[] {
  return [
    [':method', method],
    [':scheme', 'http'],
    [':authority', 'localhost'],
    [':path', target],
    ...headers.filter(([name]) => !OF_HTTP1.has(name)),
  ]
}

/** `te` may only say `trailers`, which it does. */
const OF_HTTP1: ReadonlySet<string> = new Set(['expect', 'connection', 'upgrade'])

/** The request on a stream as HTTP/2 has it; its head in one frame or several, its data in any number, some padded. */
export function encodeHttp2(request: WildRequest, stream: number, chance: Chance): readonly Uint8Array[] {
  const block = literals(fieldsOf(request))
  const { body } = request
  const ends = body.length === 0 && chance.is(0.5) ? FLAG.endStream : 0
  const cut = chance.is(0.2) ? 1 + chance.int(block.length - 1) : block.length
  const head =
    cut === block.length
      ? [frame(TYPE.headers, FLAG.endHeaders | ends, stream, block)]
      : [
          frame(TYPE.headers, ends, stream, block.subarray(0, cut)),
          frame(TYPE.continuation, FLAG.endHeaders, stream, block.subarray(cut)),
        ]
  return ends === 0 ? [...head, ...dataOf(body, stream, chance)] : head
}

function dataOf(body: Uint8Array, stream: number, chance: Chance): readonly Uint8Array[] {
  const frames: Uint8Array[] = []
  let at = 0
  do {
    const part = body.subarray(at, at + 1 + chance.int(400))
    at += part.length
    const last = at >= body.length ? FLAG.endStream : 0
    const padding = chance.is(0.2) ? chance.int(20) : undefined
    const payload =
      padding === undefined ? part : Buffer.concat([Buffer.of(padding), part, Buffer.alloc(padding)])
    frames.push(frame(TYPE.data, last | (padding === undefined ? 0 : FLAG.padded), stream, payload))
  } while (at < body.length)
  return frames
}

/** What HTTP/2 does not allow, in the midst of what it does. */
export function wrongHttp2(requests: readonly WildRequest[], chance: Chance): Uint8Array {
  const frames = requests.flatMap((request, index) => [...encodeHttp2(request, 2 * index + 1, chance)])
  const at = chance.int(frames.length + 1)
  const wrong = chance.pick(WRONGS)(chance)
  const all = Buffer.concat([...frames.slice(0, at), wrong, ...frames.slice(at)])
  return chance.is(0.3) ? damaged(all, chance) : all
}

const anyStream = (chance: Chance): number => chance.pick([0, 1, 2, 3, 5, 4, 99, 2 ** 31 - 1])

const WRONGS: readonly ((chance: Chance) => Uint8Array)[] = [
  // Data on a stream that is not open, or on none.
  (chance) => frame(TYPE.data, chance.int(16), anyStream(chance), chance.bytes(chance.int(40))),
  // A head on a stream of the server, on none, or on one that was.
  (chance) => frame(TYPE.headers, 5, anyStream(chance), literals([[':method', 'GET']])),
  // More padding than payload.
  (chance) => frame(TYPE.data, FLAG.padded, 1, Buffer.concat([Buffer.of(200), chance.bytes(10)])),
  // A frame that says it is longer than it may be, or than it is.
  (chance) => frame(chance.int(10), 0, 1, chance.bytes(20), chance.pick([16_385, 0xffffff, 21, 2_000_000])),
  // No HPACK.
  (chance) => frame(TYPE.headers, 5, 1 + 2 * chance.int(9), chance.bytes(chance.int(80))),
  // Indices and numbers that there are not.
  (chance) => frame(TYPE.headers, 5, 7, hpackInteger(chance.pick([0, 62, 10_000, 2 ** 40]), 7, 0x80)),
  (chance) => frame(TYPE.headers, 5, 7, hpackInteger(chance.pick([4097, 2 ** 31]), 5, 0x20)),
  // Heads that HTTP/2 forbids.
  (chance) => frame(TYPE.headers, 5, 7, literals(chance.pick(WRONG_HEADS))),
  (chance) =>
    frame(
      TYPE.headers,
      5,
      7,
      Buffer.concat([Buffer.of(0), hpackString('X-Upper'), hpackString(String(chance.int(9)))]),
    ),
  // A head that is not ended, and then something else.
  (chance) =>
    Buffer.concat([
      frame(TYPE.headers, 0, 7, literals([[':method', 'GET']])),
      frame(TYPE.ping, 0, 0, chance.bytes(8)),
    ]),
  // Frames of the wrong length, or on the wrong stream.
  (chance) => frame(TYPE.settings, chance.int(2), chance.int(2), chance.bytes(chance.int(13))),
  (chance) => frame(TYPE.ping, chance.int(2), chance.int(2), chance.bytes(chance.int(10))),
  (chance) =>
    frame(
      TYPE.windowUpdate,
      0,
      anyStream(chance),
      chance.pick([Buffer.alloc(4), Buffer.of(0x7f, 255, 255, 255), Buffer.alloc(3)]),
    ),
  (chance) => frame(TYPE.priority, 0, anyStream(chance), chance.bytes(chance.pick([4, 5, 6]))),
  (chance) => frame(TYPE.reset, 0, anyStream(chance), chance.bytes(chance.pick([3, 4, 5]))),
  (chance) => frame(TYPE.goaway, 0, chance.int(2), chance.bytes(chance.int(20))),
  (chance) => frame(TYPE.pushPromise, 4, 1, chance.bytes(20)),
  (chance) => frame(TYPE.continuation, chance.int(8), anyStream(chance), chance.bytes(chance.int(20))),
  (chance) => frame(10 + chance.int(246), chance.int(256), anyStream(chance), chance.bytes(chance.int(30))),
  (chance) => chance.bytes(chance.int(60)),
]

const WRONG_HEADS: readonly (readonly (readonly [string, string])[])[] = [
  [[':method', 'GET'], [':path', '/health']],
  [[':method', 'GET'], [':method', 'POST'], [':scheme', 'http'], [':path', '/health']],
  [[':method', 'GET'], [':scheme', 'http'], [':path', '']],
  [[':method', 'GET'], [':scheme', 'http'], [':path', '/health'], [':status', '200']],
  [['a', 'b'], [':method', 'GET'], [':scheme', 'http'], [':path', '/health']],
  [[':method', 'GET'], [':scheme', 'http'], [':path', '/health'], ['connection', 'close']],
  [[':method', 'GET'], [':scheme', 'http'], [':path', '/health'], ['transfer-encoding', 'chunked']],
  [[':method', 'GET'], [':scheme', 'http'], [':path', '/health'], ['te', 'gzip']],
  [[':method', 'GET'], [':scheme', 'http'], [':path', '/health'], ['content-length', '5']],
  [[':method', 'GET'], [':scheme', 'http'], [':path', '/health'], ['a\r\nb', 'c']],
  [[':method', 'GET'], [':scheme', 'http'], [':path', '/health'], ['a', 'b\r\nc: d']],
  [[':method', 'GET'], [':scheme', 'http'], [':path', '/health'], ['a', '\0']],
  [[':method', 'CONNECT'], [':authority', 'localhost:1']],
  [[':method', 'G T'], [':scheme', 'http'], [':path', '/health']],
  [[':method', 'GET'], [':scheme', 'http'], [':path', '/a b']],
  [[':method', 'OPTIONS'], [':scheme', 'http'], [':path', '*']],
] // biome-ignore format: a list
