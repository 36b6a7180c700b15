import { describe, expect, test } from 'vitest'
import { createFiller } from './filler.ts'
import { STAMP_BYTES, viewOf } from './stamp-layout.ts'
import { StampWriter } from './stamp-writer.ts'
import { StreamVerifier } from './stream-verifier.ts'
import { Violations } from './violation.ts'

const TAG = 77
const filler = createFiller(1, 100, 0)

interface Given {
  readonly writer?: number
  readonly index: number
  readonly place?: number
  readonly size?: number
  readonly seqNum?: number
  readonly timestamp?: number
  readonly tag?: number
}

/** Shows these records to a reader, numbered as they come unless told otherwise, and their end; what it found. */
function see(records: readonly Given[], isWhole = false): readonly string[] {
  const violations = new Violations()
  const verifier = new StreamVerifier({ stream: 's', tag: TAG, filler, violations, start: 0 })
  records.forEach(({ writer = 1, index, place = 0, size = 1, seqNum, timestamp = 5, tag = TAG }, at) => {
    const body = Buffer.alloc(8 + STAMP_BYTES)
    filler.pool.copy(body, 0, filler.begin(place), filler.begin(place) + 8)
    const stamp = { writer, index, place, size, intendedUs: 1000 + at }
    new StampWriter(tag, filler).write(viewOf(body), body.length, stamp, 8)
    verifier.see(seqNum ?? at, timestamp, body, 0, body.length)
  })
  if (isWhole) verifier.seeEnd()
  return violations.first.map(({ anomaly, seqNum }) => `${anomaly} at ${seqNum}`)
}

test.each([
  ['as they were written', 'nv', []],
  ['dropped', '', ['foreign-bytes at 0']],
  ['swapped', 'vn', ['foreign-bytes at 0']],
  ['doubled', 'nvnv', ['foreign-bytes at 0']],
])('headers that are %s', (_what, headers, found) => {
  const violations = new Violations()
  const parts = { stream: 's', tag: TAG, filler, headers: Buffer.from('nv'), violations, start: 0 }
  const bytes = Buffer.alloc(headers.length + STAMP_BYTES)
  bytes.write(headers)
  const stamp = { writer: 1, index: 0, place: 0, size: 1, intendedUs: 1 }
  new StampWriter(TAG, filler).write(viewOf(bytes), bytes.length, stamp, 0)
  new StreamVerifier(parts).see(0, 1, bytes, headers.length, bytes.length, 0, headers.length)
  expect(violations.first.map(({ anomaly, seqNum }) => `${anomaly} at ${seqNum}`)).toEqual(found)
})

describe('a reader', () => {
  test('finds nothing in what is as it should be', () => {
    expect(see([{ index: 0 }, { index: 1, timestamp: 5 }, { index: 2, timestamp: 6 }])).toEqual([])
    expect(
      see([{ index: 0, size: 2 }, { index: 1, place: 1, size: 2 }, { index: 0, writer: 2 }, { index: 2 }]),
    ).toEqual([])
    // A batch that was never acknowledged may be missing.
    expect(see([{ index: 0 }, { index: 5 }])).toEqual([])
  })

  test.each<[string, readonly Given[], string]>([
    ['a number that is missing', [{ index: 0 }, { index: 1, seqNum: 2 }], 'gap at 2'],
    ['a number that comes again', [{ index: 0 }, { index: 1, seqNum: 0 }], 'reorder at 0'],
    ['a record that comes again', [{ index: 0 }, { index: 0 }], 'duplicate at 1'],
    ['records of one writer in another order', [{ index: 1 }, { index: 0 }], 'duplicate at 1'],
    ['the beginning of a batch alone', [{ index: 0, size: 2 }, { index: 2 }], 'torn-batch at 1'],
    ['the end of a batch alone', [{ index: 0 }, { index: 2, place: 1, size: 2 }], 'torn-batch at 1'],
    ['the end of the first batch alone', [{ index: 1, place: 1, size: 2 }], 'torn-batch at 0'],
    [
      'a record of another within a batch',
      [
        { index: 0, size: 2 },
        { index: 0, writer: 2 },
        { index: 1, place: 1, size: 2 },
      ],
      'torn-batch at 1',
    ],
    [
      'a timestamp that falls',
      [
        { index: 0, timestamp: 6 },
        { index: 1, timestamp: 5 },
      ],
      'timestamp-regression at 1',
    ],
    ['a record of another run', [{ index: 0, tag: 1 }], 'foreign-bytes at 0'],
  ])('finds %s', (_what, records, found) => {
    expect(see(records)).toContain(found)
  })

  test('finds a batch that the end of the stream has torn, and none where more may come', () => {
    const begun = [{ index: 0 }, { index: 1, size: 2 }]
    expect(see(begun)).toEqual([])
    expect(see(begun, true)).toEqual(['torn-batch at 2'])
    expect(see([...begun, { index: 2, place: 1, size: 2 }], true)).toEqual([])
    expect(see([], true)).toEqual([])
  })
})
