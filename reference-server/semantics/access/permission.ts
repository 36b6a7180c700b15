import type { Batch } from '../batch/batch.ts'
import { type Refusal, refuse } from '../refusal.ts'
import type { Principal } from './access-token.ts'
import { isGranted, type Operation } from './operation.ts'
import { includes } from './resource-set.ts'

/** What an operation touches. Names of streams are whole, with any prefix that is the token's. */
export interface Resources {
  readonly basin?: string
  readonly stream?: string
  readonly accessToken?: string
}

/**
 * An operation needs to be granted, and every resource that it touches to be in scope (CP-TOK-040). Whether anything of
 * these names exists is not asked, so that a refusal does not tell (CP-TOK-042).
 *
 * Where the documents are silent, this is our choice:
 * - A PUT creates or replaces, and needs both operations.
 * - A stream that an append or a read creates is its basin's doing, and needs only what the append or the read needs. So it
 *   is also where `s2-stream-config` says what it shall be like (RTE-035): clients send that header with every request, and to
 *   a stream that is there it means nothing, so it cannot need more. In a basin that makes streams on use, whoever may append
 *   can thus say how long a new one keeps its records.
 * - A listing touches what it is of, a basin's streams the basin; what it shows is `narrowListing`'s to say.
 */
export function permits({ scope }: Principal, operation: Operation, resources: Resources): boolean {
  const { basin, stream, accessToken } = resources
  return (
    isGranted(operation, scope.ops, scope.groups) &&
    (basin === undefined || includes(scope.basins, basin)) &&
    (stream === undefined || includes(scope.streams, stream)) &&
    (accessToken === undefined || includes(scope.accessTokens, accessToken))
  )
}

/** Command records need their own operation beside `append` (CP-TOK-043, CMD-028). */
export function operationsOf({ records }: Batch): readonly Operation[] {
  const commands = new Set<Operation>()
  for (const { effect } of records) if (effect.command !== 'none') commands.add(effect.command)
  return ['append', ...commands]
}

export const permissionDenied = (operation: Operation): Refusal =>
  refuse('permission_denied', `the access token does not permit ${operation} here`)
