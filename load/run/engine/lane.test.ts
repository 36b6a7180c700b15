import { expect, test } from 'vitest'
import type { Append, Ending } from '../../transport/appender.ts'
import { compareLogs } from '../../verify/compare-logs.ts'
import { createFiller } from '../../verify/filler.ts'
import { runsIn } from '../../verify/run-log.ts'
import { STAMP_BYTES, viewOf } from '../../verify/stamp-layout.ts'
import { StampWriter } from '../../verify/stamp-writer.ts'
import { StreamVerifier } from '../../verify/stream-verifier.ts'
import { Violations } from '../../verify/violation.ts'
import { Lane } from './lane.ts'

const TAG = 7
const filler = createFiller(1, STAMP_BYTES, 0)

const UNKNOWN: Ending = { kind: 'unknown', why: 'the session was cut' }
const REFUSED: Ending = { kind: 'refused', status: 429, code: 'rate_limited' }
const ackedAt = (start: number): Ending => ({ kind: 'acked', start, end: start + 2 })

/** A lane that appends two records at a time. */
function createLane(): { readonly lane: Lane; begin(): Append } {
  let writers = 0
  const appender = { open: () => Promise.resolve(), append() {}, close() {} }
  const lane = new Lane(0, () => writers++, appender)
  const begin = (): Append => {
    const index = lane.take(2)
    return { writer: lane.writer, index, count: 2, bytes: 0, intendedUs: 1, sentUs: 1 }
  }
  return { lane, begin }
}

/** What a reader finds that gets these batches in this order, and what is found beside what the writers were told. */
function found(lane: Lane, batches: readonly Append[]): readonly string[] {
  const violations = new Violations()
  const verifier = new StreamVerifier({ stream: 's', tag: TAG, filler, violations, start: 0 })
  const stamps = new StampWriter(TAG, filler)
  let seqNum = 0
  for (const { writer, index, count } of batches)
    for (let place = 0; place < count; place++) {
      const body = Buffer.alloc(STAMP_BYTES)
      const stamp = { writer, index: index + place, place, size: count, intendedUs: 1 }
      stamps.write(viewOf(body), body.length, stamp, 0)
      verifier.see(seqNum++, 1, body, 0, body.length)
    }
  for (const { writer, sent, acked, refused } of lane.reports()) {
    const read = verifier.writers.get(writer) ?? []
    for (const each of compareLogs({
      stream: 's',
      writer,
      sent,
      acked: runsIn(acked),
      refused: runsIn(refused),
      read,
    }))
      violations.add(each)
  }
  return violations.first.map(({ anomaly, seqNum: at }) => `${anomaly} at ${at}`)
}

test('what became of an append is not known, and it lands behind the next, which is no fault', () => {
  const { lane, begin } = createLane()
  const [first, lost] = [begin(), begin()]
  lane.ended(first, ackedAt(0))
  lane.ended(lost, UNKNOWN)
  const next = begin()
  lane.ended(next, ackedAt(2))
  expect(found(lane, [first, next, lost])).toEqual([])
  expect(found(lane, [first, next])).toEqual([])
  // What was acknowledged before and after must be there all the same.
  expect(found(lane, [first])).toEqual(['lost-append at 2'])
  expect(found(lane, [next])).toContain('lost-append at 0')
})

test('one that was refused was not made, and its writer goes on', () => {
  const { lane, begin } = createLane()
  const refused = begin()
  lane.ended(refused, REFUSED)
  const next = begin()
  lane.ended(next, ackedAt(0))
  expect(found(lane, [next, refused])).toContain('duplicate at 2')
})

test('whatever ends is told of the writer that it is of', () => {
  const { lane, begin } = createLane()
  const [lost, behind] = [begin(), begin()]
  lane.ended(lost, UNKNOWN)
  const next = begin()
  lane.ended(next, { kind: 'acked', start: 0, end: 3 })
  lane.ended(behind, ackedAt(2))
  lane.ended(begin(), REFUSED)
  expect(lane.reports()).toMatchObject([
    { writer: 0, sent: 4, wrongAcks: { count: 0 } },
    { writer: 1, sent: 4, wrongAcks: { count: 1, first: { sent: 2, start: 0, end: 3 } } },
  ])
  expect(lane.reports().map(({ acked }) => [...runsIn(acked)])).toEqual([
    [{ index: 2, count: 2, seqNum: 2 }],
    [],
  ])
  expect(lane.reports().map(({ endings }) => endings)).toEqual([
    { 'the session was cut': 1 },
    { '429 rate_limited': 1 },
  ])
})

test('an ack for nothing is a wrong one, and the first of them is kept', () => {
  const { lane, begin } = createLane()
  lane.stray({ start: 3, end: 5 })
  lane.ended(begin(), { kind: 'acked', start: 5, end: 8 })
  expect(lane.reports()).toMatchObject([{ wrongAcks: { count: 2, first: { sent: 0, start: 3, end: 5 } } }])
})
