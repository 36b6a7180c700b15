import type { BasinConfig, ResolvedStreamConfig, StreamConfig } from './config.ts'
import { type Refusal, refuse } from './refusal.ts'

/** What a create or ensure did; the header `s2-provision-result` says it (CP-BAS-031). */
export type Provision = 'created' | 'updated' | 'noop'

/** What is remembered of the POST that made a resource; PUT and auto-creation leave none (CP-BAS-038, CP-STR-025). */
export interface CreationKey {
  readonly requestToken: string
  /** The config of the request as `configKey` writes it. */
  readonly config: string
}

/** The part of a basin or stream that decides what may be done with it. */
export interface Existing {
  readonly deleting: boolean
  readonly creationKey: CreationKey | undefined
}

export type Kind = 'basin' | 'stream'

/**
 * POST on a name. Refused: being deleted, before the token is looked at (CP-BAS-039, CP-STR-026); already there, unless
 * the same token brings the same config again (CP-BAS-033, CP-BAS-034, CP-STR-022).
 */
export function decideCreate(
  kind: Kind,
  existing: Existing | undefined,
  key: CreationKey | undefined,
): 'created' | 'noop' | Refusal {
  if (existing === undefined) return 'created'
  if (existing.deleting) return deletionPending(kind)
  return isSameCreation(existing.creationKey, key)
    ? 'noop'
    : refuse('resource_already_exists', `a ${kind} of this name already exists`)
}

/** PUT on a name: creates, or replaces the whole config; refused while it is being deleted (CP-BAS-050, CP-BAS-055, CP-STR-046). */
export function decideEnsure(
  kind: Kind,
  existing: (Existing & { readonly config: string }) | undefined,
  config: string,
): Provision | Refusal {
  if (existing === undefined) return 'created'
  if (existing.deleting) return deletionPending(kind)
  return existing.config === config ? 'noop' : 'updated'
}

/** The refusal of all but a repeated DELETE while a deletion runs (CP-BAS-084, CP-STR-073). */
export function deletionPending(kind: Kind): Refusal {
  return refuse(`${kind}_deletion_pending`, `this ${kind} is being deleted`)
}

/**
 * Equal exactly if the configs are, in whatever order their leaves stand: unset differs from an explicit default
 * (CP-BAS-035, CP-BAS-054, CP-STR-024).
 */
export function configKey(config: BasinConfig | StreamConfig | ResolvedStreamConfig): string {
  return JSON.stringify(config, (_key, value: unknown) => {
    if (typeof value === 'bigint') return `${value}`
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  })
}

const isSameCreation = (before: CreationKey | undefined, now: CreationKey | undefined): boolean =>
  before !== undefined &&
  now !== undefined &&
  before.requestToken === now.requestToken &&
  before.config === now.config
