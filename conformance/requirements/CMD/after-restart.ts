import { fence, record, trim } from '../../../client/records.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'

export const afterRestart: readonly Requirement[] = [
  requirement('CMD-013', 'Fence is durable state', { needs: ['restart'] }, async (context) => {
    // A fence stays in force when the process ends, and when the record that set it is trimmed away.
    const { newStream, lifecycle, expect } = context
    const stream = (await newStream()).over('protobuf')
    expect.ok(await stream.append({ records: [fence('holder'), trim(2n)] }))
    await expect.emptied(stream)
    await lifecycle.kill()
    await lifecycle.start()
    const refused = await stream.append({ records: [record('x')], fencingToken: '' })
    expect.refused(refused, 412, { fencing_token_mismatch: 'holder' })
    expect.equal(expect.ok(await stream.checkTail()).seqNum, 2n, 'tail.seq_num')
  }),
]
