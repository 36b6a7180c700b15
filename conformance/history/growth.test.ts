import { Session } from 'node:inspector/promises'
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
const SMALL = 5_000
const TIMES = 8

/** Returns how often the blocks of our code are executed by a check: a count, and not a time. */
async function cost(history: History): Promise<number> {
  const session = new Session()
  session.connect()
  try {
    await session.post('Profiler.enable')
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
    expect(checkHistory(history).verdict).toBe('linearizable')
    const { result } = await session.post('Profiler.takePreciseCoverage')
    const ours = result.filter(({ url }) => url.includes('/conformance/'))
    const ranges = ours.flatMap(({ functions }) => functions).flatMap((each) => each.ranges)
    return ranges.reduce((sum, { count }) => sum + count, 0)
  } finally {
    session.disconnect()
  }
}

test('the check of eight times as many operations costs nowhere near 64 times as much', async () => {
  const historyOf = (operations: number): History =>
    generateHistory(createRandom(1), { clients: 64, operations, kinds: KINDS, lost: 2 })
  const small = await cost(historyOf(SMALL))
  // Each operation is looked at.
  expect(small).toBeGreaterThan(SMALL)
  expect((await cost(historyOf(SMALL * TIMES))) / small).toBeLessThan(2 * TIMES)
})
