import { batch, fence, trim } from '../../../client/records.ts'
import type { AppendInput } from '../../../proto/types.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'
import { APPENDERS } from '../transports.ts'

export const conditions: readonly Requirement[] = [
  onStream('APP-019', 'Both conditions fail', { on: APPENDERS }, async ({ stream, expect }) => {
    expect.ok(await stream.append({ records: [fence('token')] }))
    for (const matchSeqNum of [0n, 2n]) {
      const answer = await stream.append({ ...batch('x'), fencingToken: 'wrong', matchSeqNum })
      expect.refused(answer, 412, { fencing_token_mismatch: 'token' })
      expect.equal(answer.error?.json, { fencing_token_mismatch: 'token' }, 'body of the refusal')
    }
    await expect.tail(stream, 1n)
  }),

  onStream('APP-020', 'Both conditions hold', { on: APPENDERS }, async ({ stream, expect }) => {
    expect.ok(await stream.append({ records: [fence('token')], fencingToken: '', matchSeqNum: 0n }))
    expect.ok(await stream.append({ ...batch('a', 'b'), fencingToken: 'token', matchSeqNum: 1n }))
    const wrongNumber = await stream.append({ ...batch('x'), fencingToken: 'token', matchSeqNum: 1n })
    expect.refused(wrongNumber, 412, { seq_num_mismatch: 3n })
    const wrongToken = await stream.append({ ...batch('x'), fencingToken: 'other', matchSeqNum: 3n })
    expect.refused(wrongToken, 412, { fencing_token_mismatch: 'token' })
    await expect.holds(stream, [fence('token'), ...batch('a', 'b').records])
  }),

  onStream('APP-021', '412 shape', { on: ['json', 'base64', 'protobuf'] }, async ({ stream, expect }) => {
    expect.ok(await stream.append({ records: [fence('token')] }))
    const number = await stream.append({ ...batch('x'), matchSeqNum: 7n })
    expect.refused(number, 412, { seq_num_mismatch: 1n })
    expect.equal(number.error?.json, { seq_num_mismatch: 1n }, 'body')
    const token = await stream.append({ ...batch('x'), fencingToken: 'other' })
    expect.refused(token, 412, { fencing_token_mismatch: 'token' })
    expect.equal(token.error?.json, { fencing_token_mismatch: 'token' }, 'body')
    const both = await stream.append({ ...batch('x'), fencingToken: 'other', matchSeqNum: 7n })
    expect.refusedAs(both, [
      [412, { fencing_token_mismatch: 'token' }],
      [412, { seq_num_mismatch: 1n }],
    ])
    expect.equal(Object.keys(both.error?.json ?? {}).length, 1, 'number of keys when both conditions fail')
    for (const answer of [number, token, both]) expect.header(answer, 'content-type', JSON_TYPE)
  }),

  onStream('APP-026', 'A rejected batch changes nothing', { on: APPENDERS }, async ({ stream, expect }) => {
    expect.ok(await stream.append({ records: [fence('keep'), ...batch('a', 'b', 'c').records] }))
    const commands = { records: [fence('z'), ...batch('x').records, trim(3n)] }
    const wrongNumber: AppendInput = { ...commands, matchSeqNum: 3n }
    expect.refused(await stream.append(wrongNumber), 412, { seq_num_mismatch: 4n })
    const wrongToken: AppendInput = { ...commands, fencingToken: 'z' }
    expect.refused(await stream.append(wrongToken), 412, { fencing_token_mismatch: 'keep' })
    await expect.tail(stream, 4n)
    const withOther = await stream.append({ ...batch('x'), fencingToken: 'z' })
    expect.refused(withOther, 412, { fencing_token_mismatch: 'keep' })
    // Once this trim has removed the first record, a trim to 3 of before would have removed three.
    expect.ok(await stream.append({ records: [trim(1n)], fencingToken: 'keep' }))
    await expect.trimmedTo(stream, 1n)
    await expect.kept(stream, 1n, [...batch('a', 'b', 'c').records, trim(1n)])
  }),
]

const JSON_TYPE = /^application\/json\b/
