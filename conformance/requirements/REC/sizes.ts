import { fence, record, trim } from '../../../client/records.ts'
import type { AppendRecord } from '../../../proto/types.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'
import { APPENDERS, READERS } from '../transports.ts'

export const sizes: readonly Requirement[] = [
  onStream('REC-001', 'Metered size of a record', { on: READERS }, async ({ stream, expect }) => {
    const records = SIZES.map(([sized]) => sized)
    expect.ok(await stream.append({ records }))
    for (const [index, [sized, size]] of SIZES.entries()) {
      const seqNum = BigInt(index)
      const fits = expect.ok(await stream.read({ seqNum, bytes: size }))
      expect.records(fits.records, seqNum, [sized])
      const short = expect.ok(await stream.read({ seqNum, bytes: size - 1n }))
      expect.records(short.records, seqNum, [])
    }
  }),

  onStream('REC-002', 'Record size limit', { on: APPENDERS }, async ({ stream, expect }) => {
    const plain = (length: number): AppendRecord => record('a'.repeat(length))
    const withHeaders = (length: number): AppendRecord =>
      record('a'.repeat(length), {
        headers: [
          ['name', 'value'],
          ['n', ''],
        ],
      })
    for (const tooLarge of [plain(1_048_569), withHeaders(1_048_555)]) {
      expect.refused(await stream.append({ records: [tooLarge] }), 422, 'invalid')
      await expect.tail(stream, 0n)
    }
    const largest = [plain(1_048_568), withHeaders(1_048_554)]
    for (const fitting of largest) expect.ok(await stream.append({ records: [fitting] }))
    await expect.holds(stream, largest)
  }),

  onStream('REC-003', 'Batch count limit', { on: APPENDERS }, async ({ stream, expect }) => {
    const records = Array.from({ length: 1000 }, (_, index) => record(`${index}`))
    expect.refusedAs(await stream.append({ records: [...records, record('one more')] }), TOO_LARGE)
    await expect.tail(stream, 0n)
    const { end } = expect.ok(await stream.append({ records }))
    expect.equal(end.seqNum, 1000n, 'end of the batch')
    await expect.holds(stream, records)
  }),

  onStream('REC-004', 'Batch size limit', { on: APPENDERS }, async ({ stream, expect }) => {
    // 2^19 metered bytes twice, and 999 times 1049 with 625: the limit, without a byte for the batch itself.
    const two = (extra: number): readonly AppendRecord[] => [
      record('a'.repeat(524_273), { headers: [['n', 'vvvv']] }),
      record('b'.repeat(524_280 + extra)),
    ]
    const thousand = (extra: number): readonly AppendRecord[] => [
      ...Array.from({ length: 999 }, () => record('c'.repeat(1041))),
      record('d'.repeat(617 + extra)),
    ]
    expect.refusedAs(await stream.append({ records: two(1) }), TOO_LARGE)
    expect.refusedAs(await stream.append({ records: thousand(1) }), TOO_LARGE)
    await expect.tail(stream, 0n)
    expect.ok(await stream.append({ records: two(0) }))
    expect.ok(await stream.append({ records: thousand(0) }))
    await expect.holds(stream, [...two(0), ...thousand(0)])
  }),
]

/** A trim of 0 takes nothing away, and a fence binds only those who bring a token. */
const SIZES: readonly (readonly [AppendRecord, bigint])[] = [
  [record(), 8n],
  [record('hello'), 13n],
  [record('é'), 10n],
  [record('😀'), 12n],
  [record('', { headers: [['a', 'b']] }), 12n],
  [record('', { headers: [['a', '']] }), 11n],
  [record('', { headers: [['é', '😀']] }), 16n],
  [
    record('xyz', {
      headers: [
        ['k1', 'v1'],
        ['k2', 'v2'],
      ],
    }),
    23n,
  ],
  [record('x'.repeat(300), { headers: [['n'.repeat(200), 'v'.repeat(500)]] }), 1010n],
  [record('later', { timestamp: 1n }), 13n],
  [fence(''), 15n],
  [fence('my-token'), 23n],
  [fence('t'.repeat(36)), 51n],
  [trim(0n), 22n],
]

const TOO_LARGE = [
  [422, 'invalid'],
  [400, 'invalid'],
] as const
