import { parseJson, stringifyJson } from '../../proto/json.ts'
import { WireError } from '../../proto/wire-error.ts'
import { InitError } from '../backend/init-error.ts'
import type { Resources } from '../backend/resources.ts'
import type { Rules } from '../semantics/rules.ts'
import { readResources } from './resources.ts'

/** What an init file holds, as a value (CP-LITE-040). */
export interface InitSpec {
  readonly basins?: readonly {
    readonly name: string
    readonly config?: InitBasinConfig | null
    readonly streams?: readonly { readonly name: string; readonly config?: InitStreamConfig | null }[]
  }[]
}

export interface InitBasinConfig {
  readonly default_stream_config?: InitStreamConfig | null
  readonly stream_cipher?: 'aegis-256' | 'aes-256-gcm' | null
  readonly create_stream_on_append?: boolean | null
  readonly create_stream_on_read?: boolean | null
}

export interface InitStreamConfig {
  readonly storage_class?: 'standard' | 'express' | null
  /** `infinite`, or a duration such as `7d` or `2h 30m`. */
  readonly retention_policy?: string | null
  readonly timestamping?: {
    readonly mode?: 'client-prefer' | 'client-require' | 'arrival' | null
    readonly uncapped?: boolean | null
  } | null
  readonly delete_on_empty?: { readonly min_age?: string | null } | null
}

/** Throws `InitError` that names the place. */
export function parseInitSpec(spec: InitSpec, rules: Rules): Resources {
  try {
    // As it would be read from a file.
    return readResources(parseJson(stringifyJson(spec)), rules)
  } catch (error) {
    if (error instanceof WireError) throw new InitError(`in what shall be there: ${error.message}`)
    throw error
  }
}
