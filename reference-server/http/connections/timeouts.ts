/** An idle connection is closed after this time, over both versions of HTTP. */
export const IDLE_LIMIT_MS = 75_000

/** A connection must send the head of a request within this time, over HTTP/1.1. */
export const HEAD_LIMIT_MS = 60_000

/** Node compares connections with the limit of heads this often, so that a head may take so much longer. */
export const HEAD_CHECK_INTERVAL_MS = 1000
