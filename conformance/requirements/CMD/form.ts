import { batch, fence, record, trim } from '../../../client/records.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'
import { APPENDERS } from '../transports.ts'

export const form: readonly Requirement[] = [
  onStream('CMD-001', 'Form', { on: APPENDERS }, async ({ stream, expect }) => {
    const lookalikes = [
      record('a', { headers: [['fence', '']] }),
      record('fence'),
      record('b', { headers: [['trim', '']] }),
      record('c', { headers: [['name', 'fence']] }),
      record('d', {
        headers: [
          ['x', ''],
          ['fence', 'trim'],
        ],
      }),
    ]
    expect.ok(await stream.append({ records: lookalikes, fencingToken: '' }))
    expect.ok(await stream.append({ ...batch('unfenced'), fencingToken: '' }))
    await expect.holds(stream, [...lookalikes, record('unfenced')])
    expect.ok(await stream.append({ records: [record('token', { headers: [['', 'fence']] })] }))
    const fenced = await stream.append({ ...batch('x'), fencingToken: '' })
    expect.refused(fenced, 412, { fencing_token_mismatch: 'token' })
    const two = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 2)
    expect.ok(await stream.append({ records: [record(two, { headers: [['', 'trim']] })] }))
    await expect.trimmedTo(stream, 2n)
  }),

  onStream('CMD-007', 'Commands are ordinary records for numbering', { on: APPENDERS }, async (context) => {
    const { stream, expect } = context
    const data = batch('data').records
    const { start, end } = expect.ok(
      await stream.append({ records: [...data, fence('x'), ...data, trim(0n)] }),
    )
    expect.equal([start.seqNum, end.seqNum], [0n, 4n], 'numbers of a batch of four')
    const commands = (count: number) => Array.from({ length: count }, (_, index) => fence(`${index}`))
    expect.equal(expect.ok(await stream.append({ records: commands(1000) })).end.seqNum, 1004n, 'end.seq_num')
    // A server that cannot take so many may say so before it looks at them.
    expect.status(await stream.append({ records: [...commands(1000), ...data] }), 422, 400, 413)
    // 8 for a record, 2 and 5 for the header, 8 for the token: with 23 metered bytes the batch is full.
    const rest = (size: number) => record(new Uint8Array(size).fill(0x61))
    const full = await stream.append({ records: [rest(1_048_576 - 8 - 23), fence('my-token')] })
    expect.equal(expect.ok(full).end.seqNum, 1006n, 'end.seq_num of the full batch')
    const over = await stream.append({ records: [rest(1_048_576 - 8 - 22), fence('my-token')] })
    expect.status(over, 422, 400, 413)
    const fullTrim = await stream.append({ records: [trim(0n), rest(1_048_576 - 8 - 22)] })
    expect.equal(expect.ok(fullTrim).end.seqNum, 1008n, 'end.seq_num of the full batch with a trim')
    await expect.tail(stream, 1008n)
  }),

  onStream('CMD-012', 'Mixed batches', { on: APPENDERS }, async ({ stream, expect }) => {
    const [a, b, c] = [record('a'), record('b'), record('c')]
    const records = [trim(0n), a, fence('first'), b, trim(2n), fence('second'), trim(1n), c]
    expect.equal(expect.ok(await stream.append({ records })).end.seqNum, 8n, 'end.seq_num')
    const old = await stream.append({ ...batch('x'), fencingToken: 'first' })
    expect.refused(old, 412, { fencing_token_mismatch: 'second' })
    expect.ok(await stream.append({ ...batch('d'), fencingToken: 'second' }))
    await expect.trimmedTo(stream, 2n)
    await expect.tail(stream, 9n)
  }),

  onStream('CMD-029', 'Command records in sessions', { on: APPENDERS }, async ({ stream, expect }) => {
    expect.ok(await stream.append(batch('a', 'b', 'c')))
    expect.ok(await stream.append({ records: [fence('token')] }))
    for (const other of APPENDERS) {
      const wrong = await stream.over(other).append({ ...batch('x'), fencingToken: 'other' })
      expect.refused(wrong, 412, { fencing_token_mismatch: 'token' })
      expect.ok(await stream.over(other).append({ ...batch(`over ${other}`), fencingToken: 'token' }))
    }
    const matchSeqNum = 4n + BigInt(APPENDERS.length)
    expect.ok(await stream.append({ records: [trim(2n)], fencingToken: 'token', matchSeqNum }))
    await expect.trimmedTo(stream, 2n)
    for (const other of APPENDERS) {
      const { records } = expect.ok(await stream.over(other).read({ seqNum: 0n, count: 2n }))
      expect.records(records, 2n, [record('c'), fence('token')])
    }
  }),
]
