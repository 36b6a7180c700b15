import dns from 'node:dns'
import type { LookupFunction } from 'node:net'

/**
 * As the system looks names up, except that names below localhost are this machine (RFC 6761): browsers know that, and
 * many systems do not. A server that gives each basin a host name can so be judged without a change to the machine.
 */
export const lookup: LookupFunction = (hostname, options, callback) =>
  dns.lookup(/\.localhost$/i.test(hostname) ? 'localhost' : hostname, options, callback)
