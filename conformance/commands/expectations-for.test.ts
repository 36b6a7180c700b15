import { expect, test } from 'vitest'
import type { Given } from '../../kit/cli/command.ts'
import { expectationsFor } from './expectations-for.ts'

const given = (expectations?: string): Given => ({
  text: (name) => (name === 'expect' ? expectations : undefined),
  all: () => [],
  flag: () => false,
  operands: [],
})

test('the profile s2-lite has expectations, unless --expect is none', async () => {
  expect((await expectationsFor(given(), 's2-lite')).entries).not.toEqual([])
  expect((await expectationsFor(given('none'), 's2-lite')).entries).toEqual([])
})
