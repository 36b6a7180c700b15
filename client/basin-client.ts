import type { Answer } from './answer.ts'
import type { CreateOptions, ListQuery, StreamConfigBody, StreamInfoBody } from './config-bodies.ts'
import type { SendRaw } from './raw.ts'
import type { StreamClient } from './stream-client.ts'
import type { Transport } from './transport.ts'

export interface StreamPage {
  readonly streams: readonly StreamInfoBody[]
  readonly has_more: boolean
}

/** Operations on the streams of one basin; `s2-basin` (or the basin's host) is added to each request. */
export interface BasinClient {
  readonly name: string
  readonly raw: SendRaw
  listStreams(query?: ListQuery): Promise<Answer<StreamPage>>
  createStream(
    name: string,
    config?: StreamConfigBody | null,
    options?: CreateOptions,
  ): Promise<Answer<StreamInfoBody>>
  ensureStream(name: string, config?: StreamConfigBody | null): Promise<Answer<StreamInfoBody>>
  getStreamConfig(name: string): Promise<Answer<StreamConfigBody>>
  reconfigureStream(name: string, patch: object): Promise<Answer<StreamConfigBody>>
  deleteStream(name: string): Promise<Answer<undefined>>
  /** A client for a stream that need not exist. */
  stream(name: string, transport?: Transport): StreamClient
}
