import { expect, test } from 'vitest'
import { requirements } from '../requirements/index.ts'
import file from './costs.json' with { type: 'json' }
import { costOf, waitOf } from './costs.ts'

test('every requirement has been measured, and nothing else: `npm run verify -- costs` adds what is new', () => {
  const ids = requirements.map(({ id }) => id).toSorted()
  expect(Object.keys(file).toSorted()).toEqual(ids)
})

test.each([
  ['by its nature', { id: 'X-001', seconds: 2 }, 2],
  ['not at all, as nobody has measured it', { id: 'X-001' }, 0],
])('a check waits %s', (_, requirement, seconds) => {
  expect(waitOf(requirement, true)).toBe(seconds)
  expect(waitOf(requirement, false)).toBe(seconds)
})

test('what takes long without asking much waits in a short run, and what asks much does not', () => {
  const shown = costOf('APP-026')
  const raced = costOf('LIN-005')
  if (shown === undefined || raced === undefined) throw new Error('not measured')
  expect(Math.min(shown.ms, raced.ms)).toBeGreaterThanOrEqual(400)
  expect(waitOf({ id: 'APP-026' }, true)).toBe(shown.ms / 1000)
  expect(waitOf({ id: 'APP-026' }, false)).toBe(0)
  expect(waitOf({ id: 'LIN-005' }, true)).toBe(0)
})
