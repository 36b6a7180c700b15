import { batch, fence, record, trim } from '../../../../client/records.ts'
import { MAX_U64 } from '../../../../proto/limits.ts'
import type { AppendInput, AppendRecord } from '../../../../proto/types.ts'

/** Records that show each part of the form. */
export const RECORDS: readonly AppendRecord[] = [
  record(''),
  record('hello'),
  record('ä😀'),
  record(Uint8Array.of(0, 0xff, 0x80)),
  record('x', { headers: [['k', 'v']] }),
  record('x', {
    headers: [
      ['k', ''],
      ['k', 'ü'],
      [Uint8Array.of(0xff), Uint8Array.of(0)],
    ],
  }),
  record('x', { timestamp: 0n }),
  record('x', { timestamp: 2n ** 53n + 1n }),
  record('x', { timestamp: 2n ** 63n }),
  record('x', { timestamp: MAX_U64 }),
  record('y'.repeat(200)),
  fence('writer-1'),
  fence(''),
  trim(0n),
  trim(258n),
  trim(MAX_U64),
]

export const INPUTS: readonly AppendInput[] = [
  ...RECORDS.map((one) => ({ records: [one] })),
  { records: RECORDS },
  { ...batch('a'), matchSeqNum: 0n },
  { ...batch('a', 'b'), matchSeqNum: MAX_U64, fencingToken: '' },
  { ...batch('a'), fencingToken: 'é'.repeat(18) },
]
