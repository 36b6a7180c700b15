import type { Cipher } from '../batch/encryption.ts'
import { type Refusal, refuse } from '../refusal.ts'
import {
  type BasinConfig,
  type ResolvedStreamConfig,
  resolveStreamConfig,
  type StreamConfig,
} from './config.ts'
import type { Kind } from './existence.ts'

/** What a create or ensure did; the header `s2-provision-result` says it (CP-BAS-031). */
export type Provision = 'created' | 'updated' | 'noop'

/** What is remembered of the POST that made a resource. */
export interface CreationKey {
  readonly requestToken: string
  /** The config of the request as `configKey` writes it. */
  readonly config: string
}

/**
 * Remembered is what was asked, not what came of it: a stream's is the same after its basin's defaults have changed
 * (CP-STR-023). Nothing is of a POST without a token, of a PUT, and of auto-creation (CP-BAS-038, CP-STR-025).
 */
export function creationKey(
  requestToken: string | undefined,
  request: BasinConfig | StreamConfig,
): CreationKey | undefined {
  return requestToken === undefined ? undefined : { requestToken, config: configKey(request) }
}

/**
 * POST on a name that is there: refused, unless the same token brings the same config again (CP-BAS-033, CP-BAS-034,
 * CP-STR-022).
 */
export function decideCreate(
  kind: Kind,
  remembered: CreationKey | undefined,
  asked: CreationKey | undefined,
): 'noop' | Refusal {
  return isSameCreation(remembered, asked)
    ? 'noop'
    : refuse('resource_already_exists', `a ${kind} of this name already exists`)
}

/** PUT on a basin that is there replaces its whole config with the request: these are compared (CP-BAS-050, CP-BAS-054). */
export function decideEnsureBasin(stored: BasinConfig, request: BasinConfig): 'updated' | 'noop' {
  return configKey(stored) === configKey(request) ? 'noop' : 'updated'
}

/** What a stream has from its creation on. The cipher stays for its life (CP-CFG-050). */
export interface NewStream {
  readonly config: ResolvedStreamConfig
  readonly cipher: Cipher | undefined
}

/** What a stream of this request is, were it made now (CP-CFG-040, CP-CFG-050). */
export function newStream(
  request: StreamConfig,
  basin: BasinConfig,
  system: ResolvedStreamConfig,
): NewStream {
  return {
    config: resolveStreamConfig(request, basin.defaultStreamConfig, system),
    cipher: basin.streamCipher,
  }
}

/**
 * PUT on a stream that is there gives it the config that a new one had: these are compared, so an explicit default is the
 * same as none, and the same request is another after the basin's defaults have changed (CP-STR-042 to CP-STR-044).
 */
export function decideEnsureStream(
  stored: ResolvedStreamConfig,
  asked: Pick<NewStream, 'config'>,
): 'updated' | 'noop' {
  return configKey(stored) === configKey(asked.config) ? 'noop' : 'updated'
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

const isSameCreation = (remembered: CreationKey | undefined, asked: CreationKey | undefined): boolean =>
  remembered !== undefined &&
  asked !== undefined &&
  remembered.requestToken === asked.requestToken &&
  remembered.config === asked.config
