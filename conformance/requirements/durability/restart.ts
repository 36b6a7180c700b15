import { bytes, fence, record, trim } from '../../../client/records.ts'
import { row } from '../../catalogue/catalogue.ts'
import { readAll } from '../../check/read-back.ts'
import type { Requirement } from '../../check/requirement.ts'

/** Everything a stream is made of, told once before the restart and again after it. */
export const restartChangesNothing: Requirement = {
  ...row('DUR-012'),
  needs: ['restart'],
  async check(context) {
    const { newStream, basin, lifecycle, expect } = context
    const stream = await newStream({
      timestamping: { mode: 'client-require' },
      retention_policy: { infinite: {} },
    })
    const records = [
      record('a', { timestamp: 5n, headers: [['name', bytes('value')]] }),
      fence('holder', 7n),
      record('b', { timestamp: 9n }),
    ]
    expect.ok(await stream.append({ records }))
    const tell = async (): Promise<object> => ({
      tail: expect.ok(await stream.checkTail()),
      records: await readAll(context, stream),
      config: expect.ok(await basin.getStreamConfig(stream.name)),
    })
    const before = await tell()
    for (const end of [lifecycle.stop, lifecycle.kill]) {
      await end()
      await lifecycle.start()
      expect.equal(await tell(), before, 'tail, records and configuration after the restart')
    }
    const fenced = await stream.append({ records: [record('c', { timestamp: 10n })], fencingToken: 'other' })
    expect.refused(fenced, 412, { fencing_token_mismatch: 'holder' })
    const next = expect.ok(
      await stream.append({
        records: [record('c', { timestamp: 1n })],
        fencingToken: 'holder',
        matchSeqNum: 3n,
      }),
    )
    expect.equal(next.start, { seqNum: 3n, timestamp: 9n }, 'number and timestamp of the next record')
  },
}

/** A fence stays in force when the process ends, and when the record that set it is trimmed away. */
export const fenceIsDurable: Requirement = {
  ...row('CMD-013'),
  needs: ['restart'],
  async check(context) {
    const { newStream, lifecycle, expect } = context
    const stream = (await newStream()).over('protobuf')
    expect.ok(await stream.append({ records: [fence('holder'), trim(2n)] }))
    await expect.emptied(stream)
    await lifecycle.kill()
    await lifecycle.start()
    const refused = await stream.append({ records: [record('x')], fencingToken: '' })
    expect.refused(refused, 412, { fencing_token_mismatch: 'holder' })
    expect.equal(expect.ok(await stream.checkTail()).seqNum, 2n, 'tail.seq_num')
  },
}
