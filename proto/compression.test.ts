import { createHash } from 'node:crypto'
import * as zlib from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Compression,
  compress,
  compressSync,
  decompress,
  decompressSync,
  negotiateCompression,
} from './compression.ts'
import { MAX_FRAME_PAYLOAD_BYTES } from './limits.ts'
import { fromHex, spoilt, valueOrWireError } from './testing.ts'
import { WireError } from './wire-error.ts'

const ALGORITHMS = ['zstd', 'gzip'] as const

const PACK = { zstd: zlib.zstdCompressSync, gzip: zlib.gzipSync }

describe('negotiation (S2S-004)', () => {
  test.each<[string | readonly string[] | undefined, Compression]>([
    [undefined, 'none'],
    ['', 'none'],
    ['identity', 'none'],
    ['br, deflate', 'none'],
    ['*', 'none'],
    ['gzip', 'gzip'],
    ['zstd', 'zstd'],
    ['gzip, zstd', 'zstd'],
    ['GZIP , ZStd', 'zstd'],
    ['gzip;q=1.0, identity', 'gzip'],
    ['zstd;q=0', 'zstd'],
    ['gzip ; q=0.5', 'gzip'],
    ['gzipped', 'none'],
    [['gzip', 'br, zstd'], 'zstd'],
    [['br', 'gzip'], 'gzip'],
  ])('%j selects %s', (header, expected) => {
    expect(negotiateCompression(header)).toBe(expected)
  })
})

describe.each(ALGORITHMS)('%s', (compression) => {
  test.each([0, 1, 1023])('%d bytes travel as they are (S2S-010)', async (length) => {
    const payload = new Uint8Array(length).fill(7)
    expect(compressSync(payload, compression)).toEqual({ payload, compression: 'none' })
    expect(await compress(payload, compression)).toEqual({ payload, compression: 'none' })
  })

  test('1024 bytes are compressed, also where that does not pay', async () => {
    const noise = new Uint8Array(1024).map((_, at) => (at * at * 31 + at * 7) % 256)
    expect(compressSync(noise, compression).compression).toBe(compression)
    expect((await compress(noise, compression)).compression).toBe(compression)
  })

  test('what fits into a frame only as it is stays as it is', async () => {
    const hash = createHash('shake256', { outputLength: MAX_FRAME_PAYLOAD_BYTES })
    const noise = new Uint8Array(hash.digest())
    expect(compressSync(noise, compression)).toEqual({ payload: noise, compression: 'none' })
    expect((await compress(noise, compression)).compression).toBe('none')
  })

  test('comes back, on the calling thread and off it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1024, maxLength: 4096 }), async (payload) => {
        expect(decompressSync(await compress(payload, compression))).toStrictEqual(payload)
        expect(await decompress(compressSync(payload, compression))).toStrictEqual(payload)
      }),
      { numRuns: 30 },
    )
  })

  test('small payloads that were compressed all the same are taken (S2S-011)', () => {
    const payload = new Uint8Array(PACK[compression](fromHex('68 69')))
    expect(decompressSync({ payload, compression })).toStrictEqual(fromHex('68 69'))
  })

  test('many members or frames are what they hold together, empty ones too', async () => {
    const parts = ['', 'ab', '', 'c'].map((text) => PACK[compression](text))
    const frame = { payload: new Uint8Array(Buffer.concat(parts)), compression }
    expect(Buffer.from(decompressSync(frame)).toString()).toBe('abc')
    expect(Buffer.from(await decompress(frame)).toString()).toBe('abc')
  })

  test('what follows the last of them is bad_frame', async () => {
    const payload = new Uint8Array(Buffer.concat([PACK[compression]('ab'), Buffer.from('more')]))
    expect(valueOrWireError(() => decompressSync({ payload, compression }))).toMatchObject({
      code: 'bad_frame',
    })
    await expect(decompress({ payload, compression })).rejects.toMatchObject({ code: 'bad_frame' })
  })

  test('the limit is that of all of them together', async () => {
    const payload = new Uint8Array(Buffer.concat([PACK[compression]('abc'), PACK[compression]('de')]))
    expect(await decompress({ payload, compression }, 5)).toHaveLength(5)
    expect(decompressSync({ payload, compression }, 5)).toHaveLength(5)
    for (const limit of [4, 3]) {
      const over = valueOrWireError(() => decompressSync({ payload, compression }, limit))
      expect(over).toMatchObject({
        code: 'bad_frame',
        message: `the ${compression} payload exceeds ${limit} bytes when decompressed`,
      })
      await expect(decompress({ payload, compression }, limit)).rejects.toMatchObject({ code: 'bad_frame' })
    }
  })

  test('the limit is exact (S2S-015)', async () => {
    const full = { payload: PACK[compression](new Uint8Array(MAX_FRAME_PAYLOAD_BYTES)), compression }
    expect(decompressSync(full)).toHaveLength(MAX_FRAME_PAYLOAD_BYTES)
    expect(await decompress(full)).toHaveLength(MAX_FRAME_PAYLOAD_BYTES)
    const over = { payload: PACK[compression](new Uint8Array(MAX_FRAME_PAYLOAD_BYTES + 1)), compression }
    expect(valueOrWireError(() => decompressSync(over))).toMatchObject({ code: 'bad_frame' })
    await expect(decompress(over)).rejects.toMatchObject({ code: 'bad_frame' })
  })

  test('a bomb is refused before it takes memory', () => {
    const bomb = { payload: PACK[compression](new Uint8Array(128 * 1024 * 1024)), compression }
    const before = process.memoryUsage().rss
    expect(valueOrWireError(() => decompressSync(bomb))).toMatchObject({ code: 'bad_frame' })
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024)
  })

  test.each([
    ['nothing', ''],
    ['no such format', '00 01 02 03 04 05 06 07 08'],
  ])('%s is bad_frame', async (_name, hex) => {
    const frame = { payload: fromHex(hex), compression }
    expect(valueOrWireError(() => decompressSync(frame))).toMatchObject({ code: 'bad_frame' })
    await expect(decompress(frame)).rejects.toMatchObject({ code: 'bad_frame' })
  })

  test('truncated data is bad_frame, at every length', () => {
    const packed = new Uint8Array(PACK[compression](fromHex('68 69 68 69 6a')))
    for (let length = 0; length < packed.length; length++) {
      const result = valueOrWireError(() =>
        decompressSync({ payload: packed.subarray(0, length), compression }),
      )
      expect(result, `${length} of ${packed.length} bytes`).toMatchObject({ code: 'bad_frame' })
    }
  })

  test('spoilt data gives bytes or bad_frame', () => {
    const packed = fc.uint8Array({ maxLength: 200 }).map((bytes) => new Uint8Array(PACK[compression](bytes)))
    fc.assert(
      fc.property(spoilt(packed), (payload) => {
        const result = valueOrWireError(() => decompressSync({ payload, compression }))
        expect(result instanceof WireError ? result.code : 'bytes').toMatch(/^(bad_frame|bytes)$/)
      }),
    )
  })
})

test('without compression the limit holds too', async () => {
  const over = { payload: new Uint8Array(11), compression: 'none' } as const
  expect(valueOrWireError(() => decompressSync(over, 10))).toMatchObject({ code: 'bad_frame' })
  await expect(decompress(over, 10)).rejects.toMatchObject({ code: 'bad_frame' })
  expect(decompressSync(over, 11)).toBe(over.payload)
})

test('of zstd a thousand frames are taken, and no flood of them', async () => {
  const many = (count: number): Uint8Array =>
    new Uint8Array(Buffer.concat(Array.from({ length: count }, () => zlib.zstdCompressSync(''))))
  expect(await decompress({ payload: many(1024), compression: 'zstd' })).toHaveLength(0)
  await expect(decompress({ payload: many(1025), compression: 'zstd' })).rejects.toMatchObject({
    code: 'bad_frame',
  })
})
