import { expect, test } from 'vitest'
import { createRandom } from '../../kit/random.ts'
import { costRatio } from '../../proto/testing.ts'
import { generateHistory, type Kind } from '../../verification/agreement/generate.ts'
import { checkHistory } from './check-history.ts'
import type { History } from './operation.ts'

const KINDS: Readonly<Record<Kind, number>> = {
  append: 36,
  session: 2,
  conditional: 16,
  fenced: 6,
  fence: 1,
  trim: 1,
  read: 16,
  tail: 15,
  follow: 4,
}
const SMALL = 4000
const TIMES = 32
/** Of the ratio that grows with the number of operations: a check that is quadratic has four times this limit. */
const LIMIT = 8 * TIMES

test('the check of 32 times as many operations costs nowhere near 1024 times as much', () => {
  const check = (operations: number): (() => void) => {
    const history: History = generateHistory(createRandom(1), {
      ...{ clients: 64, operations, kinds: KINDS, lost: 2 },
    })
    return () => expect(checkHistory(history).verdict).toBe('linearizable')
  }
  expect(costRatio(check(SMALL), check(SMALL * TIMES))).toBeLessThan(LIMIT)
})
