import { expect, test } from 'vitest'
import { durability } from '../commands/durability.ts'
import { planKills } from './moment.ts'

/** Of the target, those during a restart too. */
const killsOf = (count: number): number =>
  planKills(() => 0.5, count).reduce(
    (sum, { killedAgainAfter }) => sum + (killedAgainAfter === undefined ? 1 : 2),
    0,
  )

test('about every fifth kill is followed by one during the restart, as the help says', () => {
  expect([killsOf(60), killsOf(30)]).toEqual([72, 36])
  const help = durability.options.find(({ name }) => name === 'kills')?.help
  expect(help).toContain('so 60 become 72 and, for the writer that retries, 36')
})
