import type { Request } from '../requests/discard-body.ts'

/** What stands for the connection that a request came over: the same object for all of its requests, and for no other's. */
export function connectionOf(request: Request): object {
  // Of HTTP/2, a request has a stand-in for the socket of its own.
  return 'stream' in request ? (request.stream.session ?? request) : request.socket
}
