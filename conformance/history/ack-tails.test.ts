import { describe, expect, test } from 'vitest'
import { checkHistory } from './check-history.ts'
import type { History } from './operation.ts'

const at = (seqNum: number, timestamp = seqNum * 10) => ({
  seqNum: BigInt(seqNum),
  timestamp: BigInt(timestamp),
})

/** Batches of two records: the first one by a client whose ack tells this tail, others called at 2 and at 5. */
function told(tail: { seqNum: bigint; timestamp: bigint }): History {
  const bodies = ['a', 'b', 'c', 'd', 'e', 'f']
  const append = (id: number, called: number, returned: number, last: typeof tail) => ({
    id,
    client: id,
    called,
    returned,
    did: { action: 'append' as const, bodies: bodies.slice(2 * id, 2 * id + 2) },
    got: { outcome: 'acked' as const, start: at(2 * id), end: at(2 * id + 2, 20 * id + 10), tail: last },
  })
  return {
    log: bodies.map((body, index) => ({ ...at(index), body })),
    operations: [append(0, 1, 4, tail), append(1, 2, 6, at(4, 30)), append(2, 5, 7, at(6, 50))],
  }
}

describe('the tail of an ack', () => {
  test.each([
    ['its own end', at(2, 10)],
    ['the end of a batch that was under way', at(4, 30)],
  ])('may be %s', (_what, tail) => expect(checkHistory(told(tail)).verdict).toBe('linearizable'))

  test.each([
    ['before its end', 'stale-tail', at(1, 0)],
    ['inside a batch', 'torn-batch', at(3, 20)],
    ['beyond the log', 'torn-batch', at(7, 60)],
    ['the end of a batch that was sent when the ack had come', 'future-read', at(6, 50)],
    ['of another timestamp than the record before it', 'timestamp-regression', at(4, 31)],
  ])('may not be %s: %s', (_what, anomaly, tail) => {
    expect(checkHistory(told(tail))).toMatchObject({ verdict: 'violated', findings: [{ anomaly }] })
  })

  test('of an empty stream has the timestamp 0', () => {
    const asked = (timestamp: number): History => ({
      log: [],
      operations: [0, 1].map((id) => ({
        id,
        client: id,
        called: 1,
        returned: 3,
        did: { action: 'check-tail' as const },
        got: { outcome: 'tail' as const, tail: at(0, timestamp) },
      })),
    })
    expect(checkHistory(asked(0)).verdict).toBe('linearizable')
    expect(checkHistory(asked(1)).verdict).toBe('violated')
  })
})
