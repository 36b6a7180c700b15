import { batch, type RecordParts, record } from '../../../client/records.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'
import { APPENDERS, READERS } from '../transports.ts'

export const shapes: readonly Requirement[] = [
  onStream('REC-005', 'Empty batch', { on: APPENDERS }, async ({ stream, expect }) => {
    expect.refused(await stream.append({ records: [] }), 422, 'invalid')
    await expect.tail(stream, 0n)
    expect.ok(await stream.append(batch('a')))
    expect.refused(await stream.append({ records: [] }), 422, 'invalid')
    expect.refused(await stream.append({ records: [], matchSeqNum: 1n, fencingToken: '' }), 422, 'invalid')
    await expect.holds(stream, [record('a')])
  }),

  onStream('REC-006', 'Empty record', { on: READERS }, async ({ stream, expect }) => {
    const sent = [record(), record('a'), record(), record()]
    const { end } = expect.ok(await stream.append({ records: sent }))
    expect.equal(end.seqNum, 4n, 'end of the batch')
    await expect.holds(stream, sent)
  }),

  onStream('REC-007', 'Header order, duplicates and empty values', { on: READERS }, async (context) => {
    const { stream, expect } = context
    const sent = HEADERS_KEPT.map((headers) => record('body', { headers }))
    expect.ok(await stream.append({ records: sent }))
    await expect.holds(stream, sent)
  }),

  onStream('REC-008', 'Empty header name outside command form', { on: APPENDERS }, async (context) => {
    const { stream, expect } = context
    for (const headers of EMPTY_NAMES) {
      expect.refused(await stream.append({ records: [record('x', { headers })] }), 422, 'invalid')
      expect.refused(
        await stream.append({ records: [record('a'), record('x', { headers })] }),
        422,
        'invalid',
      )
    }
    await expect.tail(stream, 0n)
  }),

  onStream(
    'REC-009',
    'Single header with empty name and unknown value',
    { on: APPENDERS },
    async ({ stream, expect }) => {
      for (const value of ['foo', 'Fence', 'FENCE', 'fence ', 'fences', 'Trim', 'trim\u0000', '']) {
        const headers = [['', value]] as const
        expect.refused(await stream.append({ records: [record('', { headers })] }), 422, 'invalid')
        expect.refused(
          await stream.append({ records: [record('a'), record('', { headers })] }),
          422,
          'invalid',
        )
      }
      await expect.tail(stream, 0n)
    },
  ),
]

type Headers = NonNullable<RecordParts['headers']>

const HEADERS_KEPT: readonly Headers[] = [
  [
    ['a', '1'],
    ['b', ''],
    ['a', '2'],
  ],
  [
    ['z', 'last letter first'],
    ['a', 'first letter last'],
    ['A', 'the same in upper case'],
    ['a', 'first letter last'],
  ],
  [['fence', '']],
  [
    ['name with spaces, ünïcode and 😀', ' value with spaces '],
    [' ', ' '],
  ],
  [['n'.repeat(1000), 'v'.repeat(10_000)]],
  Array.from({ length: 100 }, (_, index) => [`${index % 7}`, `${index}`] as const),
]

const EMPTY_NAMES: readonly Headers[] = [
  [
    ['', 'fence'],
    ['a', 'b'],
  ],
  [
    ['a', 'b'],
    ['', 'fence'],
  ],
  [
    ['', 'fence'],
    ['', 'fence'],
  ],
  [
    ['', ''],
    ['', ''],
  ],
  [
    ['a', 'b'],
    ['', ''],
    ['c', 'd'],
  ],
]
