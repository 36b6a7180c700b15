import { createServer } from 'node:http2'
import type { AddressInfo } from 'node:net'

/**
 * A bare server of node:http2 as a process: `ceiling-bare-process.ts BYTES`. It takes DATA and drops it, or sends pieces of
 * this many bytes as fast as they are taken, with the windows and frames of the null server. It prints its port.
 */
const WINDOW = 64 * 1024 * 1024
const MAX_FRAME_SIZE = 256 * 1024
/** As much as the null server has under way: a sender that writes one piece again and again has it in its cache. */
const PIECES_BYTES = 80 * 1024 * 1024

const bytes = Number(process.argv[2])
const pieces = Array.from({ length: Math.ceil(PIECES_BYTES / bytes) }, () => Buffer.alloc(bytes, 1))
const server = createServer({
  settings: { initialWindowSize: WINDOW, maxFrameSize: MAX_FRAME_SIZE },
  maxSessionMemory: 1024,
})
server.on('session', (session) => session.setLocalWindowSize(WINDOW))
server.on('stream', (stream, { ':method': method }) => {
  // The client goes away when it has seen enough.
  stream.on('error', () => {})
  stream.respond({ ':status': 200 })
  if (method === 'POST') {
    stream.resume()
    return
  }
  let turn = 0
  const more = (): void => {
    while (!stream.destroyed && stream.write(pieces[turn++ % pieces.length])) {
      // Until the client has enough of it.
    }
  }
  stream.on('drain', more)
  more()
})
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`)
})
