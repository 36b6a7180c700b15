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
  test.each<[GroupName, 'read' | 'write', { agreed: readonly string[]; ours: readonly string[] }]>([
    [
      'account',
      'read',
      {
        agreed: ['list-basins', 'list-access-tokens', 'account-metrics'],
        ours: ['list-locations', 'get-default-location'],
      },
    ],
    [
      'account',
      'write',
      {
        agreed: [
          'create-basin',
          'delete-basin',
          'reconfigure-basin',
          'issue-access-token',
          'revoke-access-token',
        ],
        ours: ['set-default-location'],
      },
    ],
    ['basin', 'read', { agreed: ['list-streams', 'basin-metrics'], ours: ['get-basin-config'] }],
    ['basin', 'write', { agreed: ['create-stream', 'delete-stream', 'reconfigure-stream'], ours: [] }],
    ['stream', 'read', { agreed: ['check-tail', 'read', 'stream-metrics'], ours: ['get-stream-config'] }],
    ['stream', 'write', { agreed: ['append', 'trim', 'fence'], ours: [] }],
  ])(
    '%s %s grants %o: what the sources agree on, and what they dispute (CP-TOK-031)',
    (name, half, grants) => {
      expect(granted(name, half).toSorted()).toEqual([...grants.agreed, ...grants.ours].toSorted())
    },
  )

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
