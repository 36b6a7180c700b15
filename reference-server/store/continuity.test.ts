import { expect, test } from 'vitest'
import { Continuity } from './continuity.ts'
import { batchKey } from './keys.ts'

const never = (): boolean => false
const sealed = (seqNum: bigint) => ({ seqNum, timestamp: 0n, size: 8n, sealed: new Uint8Array() })
const readable = (seqNum: bigint) => ({ seqNum, timestamp: 0n, headers: [], body: new Uint8Array() })

/** Adds a batch that holds these numbers, under the key of the last. */
function add(continuity: Continuity, numbers: readonly bigint[], last = numbers.at(-1) ?? 0n): void {
  continuity.add(
    batchKey(1n, last),
    numbers.map((seqNum, index) => (index % 2 === 0 ? readable(seqNum) : sealed(seqNum))),
  )
}

test('batches that follow each other up to the tail are sound, from the middle of the first on', () => {
  const continuity = new Continuity(2n, never)
  add(continuity, [0n, 1n, 2n])
  add(continuity, [3n, 4n])
  continuity.end(5n)
})

test.each([
  ['a first batch that begins later', 2n, [[3n, 4n]], 'record 2 is missing'],
  ['a gap', 0n, [[0n], [3n, 4n]], 'records 1 to 2 are missing'],
  ['an end before the tail', 0n, [[0n, 1n]], 'records 2 to 4 are missing'],
  ['no batch at all', 3n, [], 'records 3 to 4 are missing'],
  [
    'a batch that overlaps',
    0n,
    [
      [0n, 1n],
      [1n, 2n],
    ],
    'holds record 1 once more',
  ],
])('%s is damage', (_, from, batches, message) => {
  const continuity = new Continuity(from, never)
  expect(() => {
    for (const batch of batches) add(continuity, batch)
    continuity.end(5n)
  }).toThrow(message)
})

test('a batch whose records are not those of its key is damage', () => {
  for (const numbers of [[0n, 2n], [1n, 2n], []])
    expect(() => add(new Continuity(0n, never), numbers, 1n)).toThrow('holds other records')
})

test('what is being removed may be missing at the beginning, and no more than that', () => {
  const mayLack = (seqNum: bigint): boolean => seqNum < 3n
  const continuity = new Continuity(0n, mayLack)
  add(continuity, [3n])
  expect(() => add(continuity, [5n])).toThrow('record 4 is missing')
  expect(() => new Continuity(0n, mayLack).end(3n)).not.toThrow()
})
