import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assignTimestamp, type TimestampingMode } from './timestamping.ts'

const now = 1_700_000_000_000n
const hour = 3_600_000n
const MAX = 2n ** 64n - 1n

test.each<{ mode: TimestampingMode; uncapped: boolean; floor: bigint; given?: bigint; stored: bigint }>([
  { mode: 'client-prefer', uncapped: false, floor: 0n, given: 5n, stored: 5n },
  { mode: 'client-prefer', uncapped: false, floor: 0n, given: 0n, stored: 0n },
  { mode: 'client-prefer', uncapped: false, floor: 0n, stored: now },
  { mode: 'client-prefer', uncapped: false, floor: 0n, given: now, stored: now },
  { mode: 'client-prefer', uncapped: false, floor: 0n, given: now + hour, stored: now },
  { mode: 'client-prefer', uncapped: false, floor: 2000n, given: 1000n, stored: 2000n },
  { mode: 'client-prefer', uncapped: true, floor: 0n, given: MAX, stored: MAX },
  { mode: 'client-prefer', uncapped: true, floor: MAX, stored: MAX },
  { mode: 'client-prefer', uncapped: true, floor: 0n, stored: now },
  { mode: 'client-prefer', uncapped: false, floor: now + hour, given: 5n, stored: now + hour },
  { mode: 'client-require', uncapped: false, floor: 0n, given: 0n, stored: 0n },
  { mode: 'client-require', uncapped: true, floor: 0n, given: now + hour, stored: now + hour },
  { mode: 'arrival', uncapped: false, floor: 0n, given: 5n, stored: now },
  { mode: 'arrival', uncapped: true, floor: 0n, given: now + hour, stored: now },
  { mode: 'arrival', uncapped: false, floor: now + 1n, stored: now + 1n },
])('$mode, uncapped $uncapped, floor $floor, given $given: stored $stored (APP-031 to APP-039)', (row) => {
  expect(assignTimestamp(row, row.floor, row.given, now)).toEqual({ timestamp: row.stored })
})

test.each([true, false])('client-require, uncapped %s, without one: refused (APP-032)', (uncapped) => {
  expect(assignTimestamp({ mode: 'client-require', uncapped }, 0n, undefined, now)).toMatchObject({
    code: 'invalid',
  })
})

test('never below the floor, never ahead of arrival and floor unless uncapped, never changed without need', () => {
  const time = fc.bigInt({ min: 0n, max: MAX })
  const mode = fc.constantFrom<TimestampingMode>('client-prefer', 'client-require', 'arrival')
  fc.assert(
    fc.property(mode, fc.boolean(), time, time, time, (mode, uncapped, floor, given, now) => {
      const assigned = assignTimestamp({ mode, uncapped }, floor, given, now)
      if (!('timestamp' in assigned)) throw new Error('refused')
      const { timestamp } = assigned
      expect(timestamp).toBeGreaterThanOrEqual(floor)
      if (!uncapped && floor <= now) expect(timestamp).toBeLessThanOrEqual(now)
      if (mode !== 'arrival' && given >= floor && given <= now) expect(timestamp).toBe(given)
    }),
  )
})
