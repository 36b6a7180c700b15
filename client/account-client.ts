import type { Answer } from './answer.ts'
import type { BasinClient } from './basin-client.ts'
import type { BasinConfigBody, BasinInfoBody, CreateOptions, ListQuery } from './config-bodies.ts'
import type { SendRaw } from './raw.ts'

export interface BasinPage {
  readonly basins: readonly BasinInfoBody[]
  readonly has_more: boolean
}

/** Account operations, one request each, nothing retried. What is created goes into the clean-up inventory. */
export interface AccountClient {
  readonly raw: SendRaw
  listBasins(query?: ListQuery): Promise<Answer<BasinPage>>
  createBasin(
    name: string,
    config?: BasinConfigBody | null,
    options?: CreateOptions,
  ): Promise<Answer<BasinInfoBody>>
  /** `body` undefined sends no body at all. */
  ensureBasin(name: string, body?: { config?: BasinConfigBody | null }): Promise<Answer<BasinInfoBody>>
  getBasinConfig(name: string): Promise<Answer<BasinConfigBody>>
  reconfigureBasin(name: string, patch: object): Promise<Answer<BasinConfigBody>>
  deleteBasin(name: string): Promise<Answer<undefined>>
  basin(name: string): BasinClient
}
