import { gzipSync } from 'node:zlib'
import { batch } from '../../../../client/records.ts'
import { encodeFrame, encodeTerminal, type Frame, FrameDecoder } from '../../../../proto/frames.ts'
import { encodeAppendInput } from '../../../../proto/messages.ts'
import { bytesOf, hexOf, meaning, type WireVector } from './vector.ts'

const payload = encodeAppendInput(batch('a'))
const plain = encodeFrame({ payload, compression: 'none' })
const terminal = encodeTerminal(400, '{"code":"bad_frame","message":"x"}')

/** A frame of one stored block that holds the five bytes behind it. */
const ZSTD_RAW_BLOCK_OF_5 = bytesOf('28b52ffd 20 05 290000')

const BODIES: readonly (readonly [note: string, bytes: Uint8Array])[] = [
  ['no frame', new Uint8Array(0)],
  ['one frame', plain],
  [
    'two frames',
    Buffer.concat([plain, encodeFrame({ payload: encodeAppendInput(batch('b')), compression: 'none' })]),
  ],
  ['a frame without payload', encodeFrame({ payload: new Uint8Array(0), compression: 'none' })],
  ['gzip', encodeFrame({ payload: gzipSync(payload, { level: 0 }), compression: 'gzip' })],
  ['zstd', encodeFrame({ payload: Buffer.concat([ZSTD_RAW_BLOCK_OF_5, payload]), compression: 'zstd' })],
  ['reconnection advised', encodeFrame({ payload, compression: 'none', reconnectAdvised: true })],
  [
    'reserved bits are ignored',
    Buffer.concat([plain.subarray(0, 3), Uint8Array.of(0x0f), plain.subarray(4)]),
  ],
  ['a terminal frame', terminal],
  ['a frame and a terminal frame', Buffer.concat([plain, terminal])],
  ['length 0', bytesOf('000000')],
  ['length 0 behind a frame', Buffer.concat([plain, bytesOf('000000')])],
  ['longer than the limit', bytesOf('200001 00')],
  ['the longest length of all', bytesOf('ffffff 00')],
  ['compression 3', bytesOf('000002 60 00')],
  ['a terminal frame without its status', bytesOf('000002 80 01')],
  ['a terminal frame that is not UTF-8', bytesOf('000004 80 0190 ff')],
  ['ends inside the length', bytesOf('0000')],
  ['ends before the flags', bytesOf('000005')],
  ['ends inside the payload', plain.subarray(0, plain.length - 1)],
]

/** Bodies of sessions, cut into frames. */
export function frameVectors(): readonly WireVector[] {
  return BODIES.map(([note, bytes]) => ({
    kind: 'frames',
    note,
    hex: hexOf(bytes),
    ...meaning('frames', () => framesIn(bytes).map(shown)),
  }))
}

function framesIn(bytes: Uint8Array): readonly Frame[] {
  const decoder = new FrameDecoder()
  const frames = [...decoder.push(bytes)]
  decoder.end()
  return frames
}

function shown(frame: Frame): object {
  if (frame.kind === 'terminal') return { terminal: true, status: frame.status, json: frame.json }
  const { compression, reconnectAdvised, payload: bytes } = frame
  return { terminal: false, compression, reconnect_advised: reconnectAdvised, payload: hexOf(bytes) }
}
