import type { Duplex } from 'node:stream'
import { connectCutting } from './cutting.ts'
import type { Dial } from './dial.ts'
import type { Spelling } from './spelling.ts'

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
const EMPTY_SETTINGS = Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0])
const FRAME_HEAD_BYTES = 9
/** Until a peer agrees to more, no frame is longer. */
const MAX_FRAME_BYTES = 16_384
const LAST_FRAME_TYPE = 9
const SECONDS = 2
const WHOLE: Spelling = { pause: () => Promise.resolve() }

/**
 * Whether the peer answers the preface of HTTP/2 with a frame. Node reports the same error for a peer that speaks another
 * protocol and for one that breaks this one. Never rejects: no answer within two seconds is no frame.
 */
export async function answersHttp2(origin: string, dial: Dial | undefined): Promise<boolean> {
  try {
    const connection = await connectCutting(origin, 'h2', WHOLE, dial)
    connection.write(Buffer.concat([PREFACE, EMPTY_SETTINGS]))
    return isFrame(await firstBytes(connection))
  } catch {
    return false
  }
}

/** Any text, and any record of TLS, would be too long a frame. */
const isFrame = (head: Buffer): boolean =>
  head.length >= FRAME_HEAD_BYTES &&
  head.readUIntBE(0, 3) <= MAX_FRAME_BYTES &&
  head.readUInt8(3) <= LAST_FRAME_TYPE

/** The head of a frame, or what was sent of it before the end. */
function firstBytes(connection: Duplex): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let head = Buffer.alloc(0)
    const end = (): void => {
      clearTimeout(timer)
      connection.destroy()
      resolve(head)
    }
    const timer = setTimeout(end, SECONDS * 1000)
    connection.once('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
    connection.once('end', end)
    connection.on('data', (bytes: Buffer) => {
      head = Buffer.concat([head, bytes])
      if (head.length >= FRAME_HEAD_BYTES) end()
    })
  })
}
