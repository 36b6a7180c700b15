import { constants, gzipSync, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'

export type Coding = 'gzip' | 'zstd'

export const coding: fc.Arbitrary<Coding> = fc.constantFrom('gzip', 'zstd')

/** How hard it is pressed, from 0, which gzip takes for not at all, to 9. */
export const level: fc.Arbitrary<number> = fc.nat(9)

/** One member of gzip, or one frame of zstd, of odd levels with its checksum. */
export const encoded = (coding: Coding, level: number, bytes: Uint8Array): Uint8Array =>
  coding === 'gzip'
    ? gzipSync(bytes, { level })
    : zstdCompressSync(bytes, {
        params: {
          [constants.ZSTD_c_compressionLevel]: level + 1,
          [constants.ZSTD_c_checksumFlag]: level % 2,
        },
      })

export const isCoding = (value: unknown): value is Coding => value === 'gzip' || value === 'zstd'
