import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as sdk from '../node_modules/@s2-dev/streamstore/dist/esm/lib/stream/transport/s2s/framing.js'
import type { Compression } from './compression.ts'
import { encodeFrame, encodeTerminal, type Frame, FrameDecoder } from './frames.ts'
import { MAX_FRAME_PAYLOAD_BYTES } from './limits.ts'
import { chunked, cuts, fromHex, spoilt, text, toHex, valueOrWireError } from './testing.ts'
import type { WireError } from './wire-error.ts'

const compression = fc.constantFrom<Compression>('none', 'zstd', 'gzip')

/** A frame, as it should come out of the decoder, and its bytes. */
const framed: fc.Arbitrary<{ frame: Frame; bytes: Uint8Array }> = fc.oneof(
  fc
    .record({ payload: fc.uint8Array({ maxLength: 80 }), compression, reconnectAdvised: fc.boolean() })
    .map((message) => ({
      frame: { kind: 'message' as const, ...message, reservedBits: 0 },
      bytes: encodeFrame(message),
    })),
  fc.tuple(fc.nat({ max: 65_535 }), text).map(([status, json]) => ({
    frame: { kind: 'terminal' as const, status, json, flags: 0x80 },
    bytes: encodeTerminal(status, json),
  })),
)

function join(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}

/** Everything the decoder makes of these chunks, the end of the body included. */
function decodeAll(chunks: Iterable<Uint8Array>): { frames: Frame[]; failure: WireError | undefined } {
  const decoder = new FrameDecoder()
  const frames: Frame[] = []
  const failure = valueOrWireError(() => {
    for (const chunk of chunks) for (const frame of decoder.push(chunk)) frames.push(frame)
    decoder.end()
    return undefined
  })
  return { frames, failure }
}

describe('golden frames (S2S-009)', () => {
  test.each([
    ['one record with the body hi', '00 00 07 00 0a 04 1a 02 68 69', '0a 04 1a 02 68 69'],
    ['match_seq_num 0', '00 00 05 00 0a 00 10 00', '0a 00 10 00'],
    ['an acknowledgement', '00 00 0b 00 0a 00 12 02 08 01 1a 02 08 01', '0a 00 12 02 08 01 1a 02 08 01'],
    ['a heartbeat', '00 00 07 00 12 04 08 05 10 09', '12 04 08 05 10 09'],
    ['an empty message', '00 00 01 00', ''],
  ])('%s', (_name, frame, message) => {
    const payload = fromHex(message)
    expect(toHex(encodeFrame({ payload, compression: 'none' }))).toBe(frame)
    expect(decodeAll([fromHex(frame)])).toStrictEqual({
      frames: [{ kind: 'message', payload, compression: 'none', reconnectAdvised: false, reservedBits: 0 }],
      failure: undefined,
    })
  })

  test('a terminal frame', () => {
    const json = '{"seq_num_mismatch":3}'
    const bytes = join([fromHex('00 00 19 80 01 9c'), new TextEncoder().encode(json)])
    expect(toHex(encodeTerminal(412, json))).toBe(toHex(bytes))
    expect(decodeAll([bytes]).frames).toStrictEqual([{ kind: 'terminal', status: 412, json, flags: 0x80 }])
  })
})

describe('the flag byte (S2S-006, S2S-012, S2S-013)', () => {
  test.each([
    ['00', { compression: 'none', reconnectAdvised: false, reservedBits: 0 }],
    ['20', { compression: 'zstd', reconnectAdvised: false, reservedBits: 0 }],
    ['40', { compression: 'gzip', reconnectAdvised: false, reservedBits: 0 }],
    ['10', { compression: 'none', reconnectAdvised: true, reservedBits: 0 }],
    ['5f', { compression: 'gzip', reconnectAdvised: true, reservedBits: 15 }],
    ['01', { compression: 'none', reconnectAdvised: false, reservedBits: 1 }],
  ])('%s', (flags, meaning) => {
    expect(decodeAll([fromHex(`00 00 02 ${flags} aa`)]).frames).toStrictEqual([
      { kind: 'message', payload: fromHex('aa'), ...meaning },
    ])
  })

  test('other bits beside the terminal one are handed through', () => {
    expect(decodeAll([fromHex('00 00 05 b3 01 90 7b 7d')]).frames).toStrictEqual([
      { kind: 'terminal', status: 400, json: '{}', flags: 0xb3 },
    ])
  })
})

describe('any chunking gives the same frames (S2S-016)', () => {
  test('and nothing is left over', () => {
    fc.assert(
      fc.property(fc.array(framed, { maxLength: 6 }), cuts, (sent, at) => {
        const whole = join(sent.map(({ bytes }) => bytes))
        const expected = { frames: sent.map(({ frame }) => frame), failure: undefined }
        expect(decodeAll(chunked(whole, at))).toStrictEqual(expected)
      }),
    )
  })

  test('a body beyond the first piece of memory, in chunks of many sizes', () => {
    const payload = new Uint8Array(MAX_FRAME_PAYLOAD_BYTES).map((_, at) => at % 251)
    const whole = encodeFrame({ payload, compression: 'none' })
    for (const size of [1 << 10, 65_535, 1 << 20, whole.length]) {
      const places = Array.from({ length: Math.floor(whole.length / size) }, (_, index) => index * size)
      const [frame] = decodeAll(chunked(whole, places)).frames
      expect(frame?.kind === 'message' && Buffer.compare(frame.payload, payload)).toBe(0)
    }
  })

  test('what was not taken from one chunk comes with the next', () => {
    const decoder = new FrameDecoder()
    decoder.push(fromHex('00 00 02 00 aa 00 00'))
    const frames = [...decoder.push(fromHex('02 00 bb'))]
    expect(frames.map((frame) => frame.kind === 'message' && toHex(frame.payload))).toEqual(['aa', 'bb'])
  })

  test('payloads stay as they were when more arrives', () => {
    const decoder = new FrameDecoder()
    const chunk = fromHex('00 00 02 00 aa')
    const [first] = decoder.push(chunk)
    expect([...decoder.push(fromHex('00 00 02 00 bb'))]).toHaveLength(1)
    expect(first).toMatchObject({ payload: fromHex('aa') })
  })
})

describe('malformed frames are bad_frame (S2S-024)', () => {
  test.each([
    ['length 0', '00 00 00', 'length 0'],
    ['a length above the limit, before anything else of the frame', '20 00 01', '2097153 bytes'],
    ['the greatest length', 'ff ff ff', '16777215 bytes'],
    ['compression 3', '00 00 02 60 aa', 'compression 3'],
    ['a terminal frame without a status', '00 00 01 80', 'status'],
    ['a terminal frame with half a status', '00 00 02 80 01', 'status'],
    ['a terminal frame whose text is not UTF-8', '00 00 04 80 01 90 ff', 'UTF-8'],
    ['an end inside the prefix', '00', 'ends inside a frame'],
    ['an end before the flag byte', '00 00 02', 'ends inside a frame'],
    ['an end inside the body', '00 00 03 00 aa', 'ends inside a frame'],
  ])('%s', (_name, hex, why) => {
    const { frames, failure } = decodeAll([fromHex(hex)])
    expect(frames).toEqual([])
    expect(failure).toMatchObject({ code: 'bad_frame', message: expect.stringContaining(why) })
  })

  test('the greatest frame is none of them (S2S-014)', () => {
    const payload = new Uint8Array(MAX_FRAME_PAYLOAD_BYTES)
    const bytes = encodeFrame({ payload, compression: 'none' })
    expect(toHex(bytes.subarray(0, 4))).toBe('20 00 00 00')
    expect(decodeAll([bytes]).frames).toHaveLength(1)
    const oneMore = { payload: new Uint8Array(MAX_FRAME_PAYLOAD_BYTES + 1), compression: 'none' } as const
    expect(valueOrWireError(() => encodeFrame(oneMore))).toMatchObject({ code: 'bad_frame' })
  })

  test('good frames before the bad one are delivered, whatever the chunking (S2S-025)', () => {
    fc.assert(
      fc.property(fc.array(framed, { maxLength: 4 }), cuts, (sent, at) => {
        const whole = join([...sent.map(({ bytes }) => bytes), fromHex('00 00 00')])
        const { frames, failure } = decodeAll(chunked(whole, at))
        expect(frames).toStrictEqual(sent.map(({ frame }) => frame))
        expect(failure).toMatchObject({ code: 'bad_frame' })
      }),
    )
  })

  test('the failure stays: nothing after it is read', () => {
    const decoder = new FrameDecoder()
    const good = fromHex('00 00 02 00 aa')
    expect(() => [...decoder.push(fromHex('00 00 02 60 aa'))]).toThrow('compression 3')
    expect(() => [...decoder.push(good)]).toThrow('compression 3')
    expect(() => decoder.end()).toThrow('compression 3')
  })
})

describe('hostile bytes', () => {
  test('random and spoilt sessions give frames or a WireError, the same ones in any chunking', () => {
    const session = fc
      .array(framed, { minLength: 1, maxLength: 4 })
      .map((sent) => join(sent.map(({ bytes }) => bytes)))
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 100 }), spoilt(session)), cuts, (bytes, at) => {
        const inOne = decodeAll([bytes])
        const inMany = decodeAll(chunked(bytes, at))
        expect(inMany.frames).toStrictEqual(inOne.frames)
        expect(inMany.failure?.code).toBe(inOne.failure?.code)
      }),
      { numRuns: 1000 },
    )
  })

  test('announced bytes take no memory before they arrive', () => {
    const before = process.memoryUsage().arrayBuffers
    const decoders = Array.from({ length: 200 }, () => new FrameDecoder())
    for (const decoder of decoders) expect([...decoder.push(fromHex('20 00 00 00 aa'))]).toEqual([])
    // 200 whole frames would be 400 MiB.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024)
    expect(decoders.every((decoder) => decoder.buffered === 5)).toBe(true)
  })
})

describe('the frames of the official TypeScript SDK', () => {
  test('it reads what we write', () => {
    fc.assert(
      fc.property(framed, ({ frame, bytes }) => {
        const parser = new sdk.S2SFrameParser()
        parser.push(bytes)
        const read = parser.parseFrame()
        if (frame.kind === 'terminal') {
          const body = new TextEncoder().encode(frame.json)
          expect(read).toMatchObject({ terminal: true, statusCode: frame.status, body })
        } else {
          const { payload: body, compression, reconnectAdvised } = frame
          expect(read).toMatchObject({ terminal: false, compression, reconnectAdvised, body })
        }
      }),
    )
  })

  test('we read what it writes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), compression, (body, compression) => {
        const written = sdk.frameMessage({ terminal: false, compression, body })
        expect(decodeAll([written]).frames).toMatchObject([{ kind: 'message', compression, payload: body }])
      }),
    )
  })
})
