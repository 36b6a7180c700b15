/** What an access token may be allowed to do, in the order in which a scope lists it (CP-TOK-032). */
export const OPERATIONS = [
  'list-basins',
  'create-basin',
  'delete-basin',
  'reconfigure-basin',
  'get-basin-config',
  'issue-access-token',
  'revoke-access-token',
  'list-access-tokens',
  'list-streams',
  'create-stream',
  'delete-stream',
  'get-stream-config',
  'reconfigure-stream',
  'check-tail',
  'append',
  'read',
  'trim',
  'fence',
  'account-metrics',
  'basin-metrics',
  'stream-metrics',
  'list-locations',
  'get-default-location',
  'set-default-location',
] as const

export type Operation = (typeof OPERATIONS)[number]

export type GroupName = 'account' | 'basin' | 'stream'

export interface ReadWrite<Value> {
  readonly read: Value
  readonly write: Value
}

/** Which halves of which groups a scope grants. */
export type OperationGroups = Readonly<Record<GroupName, ReadWrite<boolean>>>

/**
 * What each group grants; every operation is in exactly one (CP-TOK-031). The sources disagree on a few. Here what only
 * looks is under read, since write must not imply it (CP-TOK-033): so `get-basin-config` and `get-stream-config` are reads
 * of the level they tell of, as the first table of the Go SDK's matrix has them, against its second. The operations on
 * locations, which no source places, are the account's.
 */
export const GROUPS: Readonly<Record<GroupName, ReadWrite<readonly Operation[]>>> = {
  account: {
    read: ['list-basins', 'list-access-tokens', 'account-metrics', 'list-locations', 'get-default-location'],
    write: [
      'create-basin',
      'delete-basin',
      'reconfigure-basin',
      'issue-access-token',
      'revoke-access-token',
      'set-default-location',
    ],
  },
  basin: {
    read: ['get-basin-config', 'list-streams', 'basin-metrics'],
    write: ['create-stream', 'delete-stream', 'reconfigure-stream'],
  },
  stream: {
    read: ['get-stream-config', 'check-tail', 'read', 'stream-metrics'],
    write: ['append', 'trim', 'fence'],
  },
}

/** The union of what is granted one by one and by group (CP-TOK-033), also of what a group gains later (CP-TOK-034). */
export function isGranted(operation: Operation, ops: readonly Operation[], groups: OperationGroups): boolean {
  if (ops.includes(operation)) return true
  return (['account', 'basin', 'stream'] as const).some((name) => {
    const { read, write } = GROUPS[name]
    return (
      (groups[name].read && read.includes(operation)) || (groups[name].write && write.includes(operation))
    )
  })
}
