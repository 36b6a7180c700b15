import type { Transport } from '../../client/transport.ts'

/** Every transport that appends. */
export const APPENDERS: readonly Transport[] = ['json', 'base64', 'protobuf', 's2s', 's2s-http1']

/** Those that carry any bytes: raw JSON is text (REC-019), and so cannot carry every trim (CMD-006). */
export const BINARY_APPENDERS: readonly Transport[] = ['base64', 'protobuf', 's2s', 's2s-http1']

/** Every transport that reads. */
export const READERS: readonly Transport[] = ['json', 'base64', 'protobuf', 'sse', 's2s', 's2s-http1']

export const UNARY_READERS: readonly Transport[] = ['json', 'base64', 'protobuf']

export const SESSIONS: readonly Transport[] = ['sse', 's2s', 's2s-http1']

/** Sessions of frames, over either version of HTTP. */
export const FRAMES: readonly Transport[] = ['s2s', 's2s-http1']
