import type { Operation } from '../semantics/access/operation.ts'

/** Operations on the account, which name no basin. */
export const ACCOUNT_OPERATIONS = [
  'list-basins',
  'create-basin',
  'issue-access-token',
  'revoke-access-token',
  'list-access-tokens',
  'account-metrics',
  'list-locations',
  'get-default-location',
  'set-default-location',
] as const

/** Operations whose path or header names a basin. A `create-stream` by POST names its stream in the body only. */
export const BASIN_OPERATIONS = [
  'get-basin-config',
  'reconfigure-basin',
  'delete-basin',
  'basin-metrics',
  'list-streams',
  'create-stream',
] as const

/** Operations whose path names a stream. */
export const STREAM_OPERATIONS = [
  'append',
  'read',
  'check-tail',
  'get-stream-config',
  'reconfigure-stream',
  'delete-stream',
  'stream-metrics',
] as const

export type AccountOperation = Extract<Operation, (typeof ACCOUNT_OPERATIONS)[number]>
export type BasinOperation = Extract<Operation, (typeof BASIN_OPERATIONS)[number]>
export type StreamOperation = Extract<Operation, (typeof STREAM_OPERATIONS)[number]>

/** Limits a fault to requests that name this basin, this stream or both. Names are those that the client sends. */
export interface StreamFilter {
  readonly basin?: string
  readonly stream?: string
}

/** Selects requests. Only a filter that can match the operation compiles. */
export type RequestFilter =
  | ({ readonly operation: StreamOperation | 'any' } & StreamFilter)
  | { readonly operation: BasinOperation; readonly basin?: string; readonly stream?: never }
  | { readonly operation: AccountOperation; readonly basin?: never; readonly stream?: never }

export interface Times {
  /** Number of requests that the fault affects. Default 1. */
  readonly times?: number
}

/** S2's error code for a refusal. Only `rate_limited` carries `retry-after-ms`. */
export type RefusalChoice =
  | { readonly code: 'unavailable' | 'server_draining'; readonly retryAfterMs?: never }
  | { readonly code: 'rate_limited'; readonly retryAfterMs?: number }

export type RefuseOptions = RequestFilter & RefusalChoice & Times
export type LoseAckOptions = StreamFilter & Times
export type CutReadOptions = StreamFilter & Times & { readonly afterRecords: number }
export type DelayOptions = RequestFilter & Times & { readonly ms: number }

export type FaultKind = 'refuse' | 'lose-ack' | 'cut-read' | 'delay'
