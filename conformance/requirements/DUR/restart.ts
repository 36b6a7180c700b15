import { bytes, fence, record } from '../../../client/records.ts'
import { readAll } from '../../check/read-back.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'

export const restart: readonly Requirement[] = [
  requirement('DUR-012', 'Idempotent restart', { needs: ['restart'] }, async (context) => {
    // Everything a stream is made of, told once before the restart and again after it.
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
  }),
]
