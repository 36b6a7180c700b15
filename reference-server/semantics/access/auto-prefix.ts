import { type Named, parseStreamName, type StreamName } from '../resources/names.ts'
import type { Principal } from './access-token.ts'
import type { ListRequest } from './listing.ts'

/**
 * What stands before every stream name that a token gives or is told: its scope's prefix, or nothing. With it a part of a
 * basin looks like a whole one, and what is outside cannot be named (CP-TOK-050, CP-TOK-051).
 */
export function streamPrefix({ autoPrefixStreams, scope }: Principal): string {
  return autoPrefixStreams && scope.streams.match === 'prefix' ? scope.streams.prefix : ''
}

/** The whole name; it is the one that may be too long (CP-TOK-053). */
export function addPrefix(principal: Principal, name: StreamName): Named<StreamName> {
  const prefix = streamPrefix(principal)
  return prefix === '' ? { name } : parseStreamName(prefix + name)
}

/** As the token knows the stream, one that `addPrefix` or `addListingPrefix` has led to. */
export function removePrefix(principal: Principal, name: StreamName): StreamName {
  return name.slice(streamPrefix(principal).length) as StreamName
}

/**
 * A stream is not shown where what follows the prefix is no name, so that it could not be asked for: nothing, which comes
 * before the first name, or `.` or `..` (CP-TOK-050, CP-TOK-053, CP-STR-001).
 */
export function addListingPrefix(principal: Principal, request: ListRequest): ListRequest {
  const prefix = streamPrefix(principal)
  if (prefix === '') return request
  return {
    ...request,
    prefix: prefix + request.prefix,
    startAfter: prefix + request.startAfter,
    unnamed: [`${prefix}.`, `${prefix}..`],
  }
}
