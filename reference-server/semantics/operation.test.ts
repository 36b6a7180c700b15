import { describe, expect, test } from 'vitest'
import { effectiveOperations } from './access-token.ts'
import { GROUPS, type GroupName, OPERATIONS, type OperationGroups } from './operation.ts'
import { NOTHING } from './resource-set.ts'

const NO_GROUPS: OperationGroups = {
  account: { read: false, write: false },
  basin: { read: false, write: false },
  stream: { read: false, write: false },
}

const scope = (groups: OperationGroups, ops: readonly (typeof OPERATIONS)[number][] = []) => ({
  basins: NOTHING,
  streams: NOTHING,
  accessTokens: NOTHING,
  groups,
  ops,
})

const granted = (name: GroupName, half: 'read' | 'write') =>
  effectiveOperations(scope({ ...NO_GROUPS, [name]: { ...NO_GROUPS[name], [half]: true } }))

test('there are these 24 operations (CP-TOK-032)', () => {
  expect(OPERATIONS).toHaveLength(24)
  expect(new Set(OPERATIONS).size).toBe(24)
})

describe('groups', () => {
  test.each<[GroupName, 'read' | 'write', readonly string[]]>([
    ['account', 'read', ['list-basins', 'list-access-tokens', 'account-metrics']],
    [
      'account',
      'write',
      ['create-basin', 'delete-basin', 'reconfigure-basin', 'issue-access-token', 'revoke-access-token'],
    ],
    ['basin', 'read', ['list-streams', 'basin-metrics']],
    ['basin', 'write', ['create-stream', 'delete-stream', 'reconfigure-stream']],
    ['stream', 'read', ['check-tail', 'read', 'stream-metrics']],
    ['stream', 'write', ['append', 'trim', 'fence']],
  ])('%s %s grants what the sources agree on (CP-TOK-031)', (name, half, operations) => {
    expect(granted(name, half)).toEqual(expect.arrayContaining([...operations]))
  })

  test.each<[GroupName, 'read' | 'write', readonly string[]]>([
    ['account', 'read', ['list-locations', 'get-default-location']],
    ['account', 'write', ['set-default-location']],
    ['basin', 'read', ['get-basin-config']],
    ['stream', 'read', ['get-stream-config']],
  ])('%s %s grants what they dispute or leave open', (name, half, operations) => {
    expect(granted(name, half)).toEqual(expect.arrayContaining([...operations]))
  })

  test('read and write never imply each other, and each operation is in one half of one group (CP-TOK-033)', () => {
    const halves = Object.values(GROUPS).flatMap(({ read, write }) => [read, write])
    expect(halves.flat().toSorted()).toEqual(OPERATIONS.toSorted())
    const all = (['account', 'basin', 'stream'] as const).flatMap((name) => [
      ...granted(name, 'read'),
      ...granted(name, 'write'),
    ])
    expect(all).toHaveLength(24)
  })
})

test('effective is the union, each once and in the order of the list (CP-TOK-033)', () => {
  const groups = { ...NO_GROUPS, stream: { read: false, write: true } }
  expect(effectiveOperations(scope(groups, ['fence', 'list-basins', 'append']))).toEqual([
    'list-basins',
    'append',
    'trim',
    'fence',
  ])
  expect(effectiveOperations(scope(NO_GROUPS))).toEqual([])
})
