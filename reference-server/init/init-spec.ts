import { parseJson, stringifyJson } from '../../proto/json.ts'
import { WireError } from '../../proto/wire-error.ts'
import { InitError } from '../backend/init-error.ts'
import type { Resources } from '../backend/resources.ts'
import type { Rules } from '../semantics/rules.ts'
import { readResources } from './resources.ts'

/**
 * Basins and streams with their configuration: in the form of the API's bodies that create them (`basin`, `stream`, ages in
 * seconds), or in that of an init file (`name`, durations as text; CP-LITE-040).
 */
export interface InitSpec {
  readonly basins?: readonly InitBasin[]
}

export type InitBasin = Named<'basin'> & {
  readonly config?: InitBasinConfig | null
  readonly streams?: readonly InitStream[]
}

export type InitStream = Named<'stream'> & { readonly config?: InitStreamConfig | null }

type Named<Key extends string> =
  | ({ readonly [Name in Key]: string } & { readonly name?: never })
  | ({ readonly [Name in Key]?: never } & { readonly name: string })

export interface InitBasinConfig {
  readonly default_stream_config?: InitStreamConfig | null
  readonly stream_cipher?: 'aegis-256' | 'aes-256-gcm' | null
  readonly create_stream_on_append?: boolean | null
  readonly create_stream_on_read?: boolean | null
}

export interface InitStreamConfig {
  readonly storage_class?: 'standard' | 'express' | null
  /** Seconds as the API has them; or text: `infinite`, or a duration such as `7d` or `2h 30m`. */
  readonly retention_policy?:
    | { readonly age: number | bigint }
    | { readonly infinite: Readonly<Record<string, never>> }
    | string
    | null
  readonly timestamping?: {
    readonly mode?: 'client-prefer' | 'client-require' | 'arrival' | null
    readonly uncapped?: boolean | null
  } | null
  readonly delete_on_empty?:
    | { readonly min_age_secs: number | bigint }
    | { readonly min_age?: string | null }
    | null
}

/** Throws `InitError` that names the place. */
export function parseInitSpec(spec: InitSpec, rules: Rules): Resources {
  try {
    return readResources(parseJson(stringifyJson(spec)), rules, 'any')
  } catch (error) {
    if (error instanceof WireError) throw new InitError(`in what shall be there: ${error.message}`)
    throw error
  }
}
