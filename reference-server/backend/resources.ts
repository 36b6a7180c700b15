import type { BasinConfig, StreamConfig } from '../semantics/resources/config.ts'
import type { BasinName, StreamName } from '../semantics/resources/names.ts'

/** Basins and streams that shall be there, with the whole of their configuration. */
export interface Resources {
  readonly basins: readonly BasinResource[]
}

export interface BasinResource {
  readonly name: BasinName
  readonly config: BasinConfig
  readonly streams: readonly StreamResource[]
}

export interface StreamResource {
  readonly name: StreamName
  readonly config: StreamConfig
}
