import type { BasinConfig, ResolvedStreamConfig, StreamConfig } from '../semantics/config.ts'
import { type CreationKey, configKey, type Existing } from '../semantics/provision.ts'

/** What is remembered of a POST; without a token, nothing (CP-BAS-038). */
export const creationKey = (
  requestToken: string | undefined,
  config: BasinConfig | StreamConfig,
): CreationKey | undefined =>
  requestToken === undefined ? undefined : { requestToken, config: configKey(config) }

interface Stored {
  readonly deletedAt: bigint | undefined
  readonly creationKey: CreationKey | undefined
  readonly config: BasinConfig | ResolvedStreamConfig
}

/** A stored basin or stream, as the rules look at it. */
export function existing(stored: Stored | undefined): (Existing & { readonly config: string }) | undefined {
  if (stored === undefined) return undefined
  const { deletedAt, creationKey, config } = stored
  return { deleting: deletedAt !== undefined, creationKey, config: configKey(config) }
}
