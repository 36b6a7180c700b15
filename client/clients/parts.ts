import { MEDIA_TYPES } from '../../proto/http.ts'
import { stringifyJson } from '../../proto/json.ts'
import type { ListQuery } from '../config-bodies.ts'
import type { Exchange } from '../exchange.ts'
import type { Inventory } from '../inventory.ts'
import { bytes } from '../records.ts'

/** `?a=1&b=2`, or nothing; members that are undefined are left out. */
export function query(
  members: Readonly<Record<string, string | number | bigint | boolean | undefined>>,
): string {
  const pairs = Object.entries(members).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${encodeURIComponent(String(value))}`],
  )
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

export const listQuery = ({ prefix, start_after, limit }: ListQuery): string =>
  query({ prefix, start_after, limit })

/** A JSON body with its media type; members that are undefined are left out, null is sent. */
export function jsonBody(
  value: object | null,
  headers: Readonly<Record<string, string>> = {},
): { readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array } {
  return { headers: { 'content-type': MEDIA_TYPES.json, ...headers }, body: bytes(stringifyJson(value)) }
}

/** For answers whose body no client looks at. */
export const NOTHING = (): undefined => undefined

/** What the clients of one check have in common. */
export interface ClientParts {
  readonly exchange: Exchange
  readonly inventory: Inventory
  /** Sessions in both directions go over HTTP/2 where the target has it, else over HTTP/1.1. */
  readonly sessionHttp: '1.1' | '2'
}
