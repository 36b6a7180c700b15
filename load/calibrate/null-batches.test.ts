import { expect, test } from 'vitest'
import { decodeReadBatch } from '../../proto/messages.ts'
import { createFiller } from '../verify/filler.ts'
import { StreamVerifier } from '../verify/stream-verifier.ts'
import { Violations } from '../verify/violation.ts'
import { createNullBatches } from './null-batches.ts'

test.each([
  [3, 40],
  [16, 64 * 1024],
  [1000, 100],
])(
  'what a reader of the null server gets in batches of %d × %d bytes is what its run might have written',
  (records, bytes) => {
    const batches = createNullBatches({ tag: 5, seed: 9, records, bytes })
    const violations = new Violations()
    const filler = createFiller(9, bytes, 0)
    const verifier = new StreamVerifier({ stream: 's', tag: 5, filler, violations, start: 0 })
    for (let batch = 0; batch < 5; batch++) {
      for (const { seqNum, timestamp, body } of decodeReadBatch(batches.next().subarray(4)).records)
        verifier.see(Number(seqNum), Number(timestamp), Buffer.from(body), 0, body.length)
    }
    expect(violations.first).toEqual([])
    expect(verifier.next).toBe(5 * records)
  },
)
