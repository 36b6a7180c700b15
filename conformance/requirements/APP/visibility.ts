import { batch, record } from '../../../client/records.ts'
import type { AppendRecord } from '../../../proto/types.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'
import { APPENDERS, READERS } from '../transports.ts'

export const visibility: readonly Requirement[] = [
  onStream('APP-007', 'Read your acks', { on: APPENDERS }, async ({ stream, expect }) => {
    for (const round of [1, 2, 3, 4]) {
      for (const reader of READERS) {
        const input = batch(`${round} ${reader} a`, `${round} ${reader} b`)
        const { start, end } = expect.ok(await stream.append(input))
        const { records } = expect.ok(await stream.over(reader).read({ seqNum: start.seqNum, count: 2n }))
        expect.records(records, start.seqNum, input.records)
        expect.equal(expect.ok(await stream.checkTail()), end, 'tail right after the acknowledgement')
      }
    }
  }),

  onStream('APP-009', 'Content round trip', { on: APPENDERS }, async ({ stream, transport, expect }) => {
    const sent = transport === 'json' ? texts : [...texts, ...binaries]
    expect.ok(await stream.append({ records: sent }))
    await expect.holds(stream, sent)
    await expect.holds(stream.over('protobuf'), sent)
  }),
]

const texts: readonly AppendRecord[] = [
  record(),
  record('body only'),
  record('', { headers: [['header', 'only']] }),
  record('', { headers: [['name', '']] }),
  record('b', {
    headers: [
      ['a', '1'],
      ['b', ''],
      ['a', '2'],
      ['a', '1'],
    ],
  }),
  record('ä 😀 e\u0301 \u0000 \u2028 "\\/\b\f\n\r\t', {
    headers: [
      ['ключ', '値'],
      ['\u0000', '\uffff'],
    ],
  }),
  record('\ufeffmark', { headers: [['\ufeff', '\ufeff']] }),
  record('x'.repeat(70_000), { headers: [['n'.repeat(300), 'v'.repeat(5_000)]] }),
  record('', { headers: Array.from({ length: 300 }, (_, index) => [`h${index}`, `${index}`] as const) }),
]

const everyByte = Uint8Array.from({ length: 256 }, (_, index) => index)

const binaries: readonly AppendRecord[] = [
  record(everyByte, { headers: [[everyByte, everyByte]] }),
  record(Uint8Array.of(0xff), { headers: [[Uint8Array.of(0), Uint8Array.of(0x80, 0)]] }),
]
