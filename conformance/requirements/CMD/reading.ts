import { batch, fence, record, trim } from '../../../client/records.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'
import { READERS } from '../transports.ts'

export const reading: readonly Requirement[] = [
  onStream('CMD-008', 'Commands are visible to readers', { on: READERS }, async ({ stream, expect }) => {
    const data = Array.from({ length: 4 }, (_, index) => record(`${index}`))
    // The last trim has no effect; its body is read as it was given, beside a trim point of 3.
    const commands = [fence('my-token'), fence(''), trim(3n), trim(1n)]
    expect.ok(await stream.append({ records: [...data, ...commands, record('end')] }))
    const { records } = expect.ok(await stream.read({ seqNum: 4n, count: 10n }))
    expect.records(records, 4n, [...commands, record('end')])

    const literals: readonly (readonly [format: string, headers: unknown, body: unknown])[] = [
      ['raw', [['', 'fence']], 'my-token'],
      ['base64', [['', 'ZmVuY2U=']], 'bXktdG9rZW4='],
    ]
    for (const [format, headers, body] of literals) {
      const path = `${stream.recordsPath}?seq_num=4&count=1`
      const json = expect.ok(await stream.raw({ method: 'GET', path, headers: { 's2-format': format } }))
      expect.equal(firstRecord(json), { headers, body }, `the fence in JSON, format ${format}`)
    }
  }),

  onStream('CMD-009', 'Commands and read limits', { on: READERS }, async ({ stream, expect }) => {
    const sent = [record('a'), fence('my-token'), record('b'), trim(0n), fence('')]
    expect.ok(await stream.append({ records: sent }))
    const limits = [
      [{ count: 1n }, 1],
      [{ count: 2n }, 2],
      [{ count: 4n }, 4],
      // Metered bytes: 9, 23, 9, 22, 15.
      [{ bytes: 31n }, 1],
      [{ bytes: 32n }, 2],
      [{ bytes: 62n }, 3],
      [{ bytes: 63n }, 4],
      [{ bytes: 77n }, 4],
      [{ bytes: 78n }, 5],
    ] as const
    for (const [limit, wanted] of limits) {
      const { records } = expect.ok(await stream.read({ seqNum: 0n, ...limit }))
      expect.records(records, 0n, sent.slice(0, wanted))
    }
    expect.ok(await stream.append(batch('c')))
    const { records } = expect.ok(await stream.read({ tailOffset: 3n, count: 10n }))
    expect.records(records, 3n, [trim(0n), fence(''), record('c')])
  }),
]

function firstRecord(json: unknown): unknown {
  const records: unknown =
    typeof json === 'object' && json !== null ? Reflect.get(json, 'records') : undefined
  const first: unknown = Array.isArray(records) ? records[0] : undefined
  if (typeof first !== 'object' || first === null) return first
  return { headers: Reflect.get(first, 'headers'), body: Reflect.get(first, 'body') }
}
