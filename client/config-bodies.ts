/** Configuration as it stands in JSON. Inputs may leave out or null any key; `null` in a PATCH clears. */

export interface StreamConfigBody {
  readonly storage_class?: string | null
  readonly retention_policy?: { readonly age: bigint | number } | { readonly infinite: object } | null
  readonly timestamping?: { readonly mode?: string | null; readonly uncapped?: boolean | null } | null
  readonly delete_on_empty?: { readonly min_age_secs?: bigint | number | null } | null
}

export interface BasinConfigBody {
  readonly default_stream_config?: StreamConfigBody | null
  readonly stream_cipher?: string | null
  readonly create_stream_on_append?: boolean
  readonly create_stream_on_read?: boolean
}

export interface BasinInfoBody {
  readonly name: string
  readonly created_at: string
  readonly deleted_at?: string | null
  readonly location?: string | null
  readonly state?: string
}

export interface StreamInfoBody {
  readonly name: string
  readonly created_at: string
  readonly deleted_at?: string | null
  readonly cipher?: string | null
}

export interface ListQuery {
  readonly prefix?: string
  readonly start_after?: string
  readonly limit?: number | string
}

export interface CreateOptions {
  readonly requestToken?: string
}
