/** Frames of HTTP/2, RFC 9113 section 6: those that a client of whole requests meets. */
export const FRAME = {
  data: 0,
  headers: 1,
  priority: 2,
  reset: 3,
  settings: 4,
  pushPromise: 5,
  ping: 6,
  goAway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const

/** Names of the types of frames, by their numbers. */
export const FRAME_NAMES: readonly string[] = [
  'DATA',
  'HEADERS',
  'PRIORITY',
  'RST_STREAM',
  'SETTINGS',
  'PUSH_PROMISE',
  'PING',
  'GOAWAY',
  'WINDOW_UPDATE',
  'CONTINUATION',
]

/** Error codes that this client sends: RFC 9113, section 7. */
export const ERROR = {
  protocol: 1,
  flowControl: 3,
  streamClosed: 5,
  frameSize: 6,
  cancel: 8,
  compression: 9,
  enhanceYourCalm: 11,
} as const

/** `ack` is of settings and pings, `endStream` of data and headers. */
export const FLAG = { endStream: 1, ack: 1, endHeaders: 4, padded: 8, priority: 0x20 } as const

export const SETTING = {
  headerTableSize: 1,
  enablePush: 2,
  maxConcurrentStreams: 3,
  initialWindowSize: 4,
  maxFrameSize: 5,
} as const

export const HEAD_BYTES = 9

/** Numbers of streams and increments of windows have 31 bits. */
export const MOST_STREAM = 0x7fff_ffff

/** What both sides begin with, until settings say otherwise. */
export const DEFAULT_WINDOW = 65_535
export const DEFAULT_MAX_FRAME = 16_384
/** Largest value of SETTINGS_MAX_FRAME_SIZE. */
export const LARGEST_MAX_FRAME = 16_777_215
/** Largest window, RFC 9113 section 6.9.1. */
export const MOST_WINDOW = 0x7fff_ffff
export const DEFAULT_TABLE = 4096

export const PREFACE: Buffer = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')

/** Writes the nine bytes before a payload; returns where it begins. */
export function writeHead(
  bytes: Buffer,
  at: number,
  length: number,
  type: number,
  flags: number,
  stream: number,
): number {
  bytes[at] = length >>> 16
  bytes[at + 1] = (length >>> 8) & 0xff
  bytes[at + 2] = length & 0xff
  bytes[at + 3] = type
  bytes[at + 4] = flags
  bytes[at + 5] = (stream >>> 24) & 0x7f
  bytes[at + 6] = (stream >>> 16) & 0xff
  bytes[at + 7] = (stream >>> 8) & 0xff
  bytes[at + 8] = stream & 0xff
  return at + HEAD_BYTES
}

export function frame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(HEAD_BYTES + payload.length)
  payload.copy(bytes, writeHead(bytes, 0, payload.length, type, flags, stream))
  return bytes
}

export function settingsFrame(settings: readonly (readonly [id: number, value: number])[]): Buffer {
  const payload = Buffer.alloc(6 * settings.length)
  for (const [index, [id, value]] of settings.entries()) {
    payload.writeUInt16BE(id, 6 * index)
    payload.writeUInt32BE(value, 6 * index + 2)
  }
  return frame(FRAME.settings, 0, 0, payload)
}

/** Of window updates, resets and whatever else has one number of four bytes. */
export function numberFrame(type: number, stream: number, value: number): Buffer {
  const payload = Buffer.allocUnsafe(4)
  payload.writeUInt32BE(value)
  return frame(type, 0, stream, payload)
}

/** Of one who has answered nothing that the other side began. */
export function goAwayFrame(code: number): Buffer {
  const payload = Buffer.alloc(8)
  payload.writeUInt32BE(code, 4)
  return frame(FRAME.goAway, 0, 0, payload)
}
