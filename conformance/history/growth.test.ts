import { expect, test } from 'vitest'
import { createRandom } from '../run/random.ts'
import { generateHistory, type Kind } from './agreement/generate.ts'
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
const SMALL = 10_000
const TIMES = 8

/** Of several checks the one that was disturbed least, in microseconds of CPU. */
function cost(history: History): number {
  const costs = Array.from({ length: 5 }, () => {
    const before = process.cpuUsage()
    expect(checkHistory(history).verdict).toBe('linearizable')
    const { user, system } = process.cpuUsage(before)
    return user + system
  })
  return Math.min(...costs)
}

test('the check of eight times as many operations costs nowhere near 64 times as much', () => {
  const [small, large] = [SMALL, SMALL * TIMES].map((operations) =>
    generateHistory(createRandom(1), { clients: 64, operations, kinds: KINDS, lost: 2 }),
  )
  if (small === undefined || large === undefined) throw new Error('no histories')
  // The first ones pay for the compilation of what they run.
  cost(small)
  expect(cost(large) / cost(small)).toBeLessThan(3 * TIMES)
})
