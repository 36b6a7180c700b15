import { describe, expect, test } from 'vitest'
import { UsageError } from '../../kit/usage-error.ts'
import type { Requirement } from '../check/requirement.ts'
import { testRequirement } from '../testing/check-parts.ts'
import { type Choice, select } from './selection.ts'

const rows: readonly Requirement[] = (
  [
    { id: 'APP-001', tier: 'core' },
    { id: 'APP-002', tier: 'core', seconds: 2 },
    { id: 'APP-003', tier: 'core', seconds: 15 },
    { id: 'READ-001', tier: 'lite' },
    { id: 'READ-002', tier: 'probe' },
    { id: 'TOK-001', tier: 'hosted' },
  ] as const
).map((more) => testRequirement(async () => {}, more))

const selected = (choice: Partial<Choice>): string[] =>
  select(rows, { profile: 'core', only: [], time: 'default', ...choice }).selected.map(({ id }) => id)

describe('the selection', () => {
  test.each([
    [{}, ['APP-001', 'APP-002', 'READ-002']],
    [{ profile: 's2-lite' }, ['APP-001', 'APP-002', 'READ-001', 'READ-002']],
    [{ profile: 'hosted' }, ['APP-001', 'APP-002', 'READ-002', 'TOK-001']],
    [{ time: 'quick' }, ['APP-001', 'READ-002']],
    [{ time: 'all' }, ['APP-001', 'APP-002', 'APP-003', 'READ-002']],
    [{ only: ['APP-*'] }, ['APP-001', 'APP-002']],
    [{ only: ['app-00?', 'READ-*'] }, ['APP-001', 'APP-002', 'READ-002']],
    [{ only: ['READ-001', 'APP-003'] }, ['APP-003', 'READ-001']],
  ] as const)('%o', (choice, ids) => {
    expect(selected(choice)).toEqual(ids)
  })

  test.each([
    [{ only: ['NOPE-1'] }, 'no requirement has the id "NOPE-1"'],
    [{ only: ['APP-001', 'X*'] }, 'no requirement has the id "X*"'],
    [{ only: ['TOK-*'] }, 'nothing is left to run: tier hosted is not part of profile core'],
  ] as const)('%o is wrong usage', (choice, message) => {
    expect(() => selected(choice)).toThrow(UsageError)
    expect(() => selected(choice)).toThrow(message)
  })

  test('rows that change the account are run when that is allowed, and not even by their name before', () => {
    const changing = [...rows, testRequirement(async () => {}, { id: 'LOC-005', changesAccount: true })]
    const choice: Choice = { profile: 'core', only: ['LOC-005', 'APP-001'], time: 'default' }
    const ids = (more: Partial<Choice>): string[] =>
      select(changing, { ...choice, ...more }).selected.map(({ id }) => id)
    expect(ids({})).toEqual(['APP-001'])
    expect(ids({ accountChanges: true })).toEqual(['APP-001', 'LOC-005'])
    expect(() => select(changing, { ...choice, only: ['LOC-005'] })).toThrow('--allow-account-changes')
  })

  test('a first look takes what asks little, as it was measured', () => {
    const some = ['APP-001', 'APP-005', 'PROP-001', 'NEW-001'].map((id) =>
      testRequirement(async () => {}, { id }),
    )
    const { selected: taken, unselected } = select(some, { profile: 'core', only: [], time: 'quick' })
    expect(taken.map(({ id }) => id)).toEqual(['APP-001'])
    expect(unselected.map(({ why }) => why)).toEqual([
      expect.stringMatching(/^asks \d+ times, and --quick at most 20$/),
      expect.stringMatching(/^asks \d+ times, and --quick at most 20$/),
      'nobody has measured yet what it asks, and --quick asks little',
    ])
  })

  test('says why a row was left out', () => {
    const { unselected } = select(rows, { profile: 'core', only: [], time: 'quick' })
    expect(unselected.map(({ requirement, why }) => `${requirement.id}: ${why}`)).toEqual([
      'APP-002: takes 2 s, and --quick waits for nothing',
      'APP-003: takes 15 s, and --quick waits for nothing',
      'READ-001: tier lite is not part of profile core',
      'TOK-001: tier hosted is not part of profile core',
    ])
  })
})
