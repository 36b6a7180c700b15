import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type ClientHttp2Session, type ClientHttp2Stream, connect } from 'node:http2'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** What is measured: bytes a second that went out, or came in. */
export type Direction = 'append' | 'read'

const WINDOW = 64 * 1024 * 1024
const MAX_FRAME_SIZE = 256 * 1024

export interface BareOptions {
  readonly direction: Direction
  /** Of each piece that is written. */
  readonly bytes: number
  /** Pieces under way, each in memory of its own as those of a load are. */
  readonly inFlight: number
  readonly warmupSeconds: number
  readonly seconds: number
}

/**
 * Nothing but DATA of one stream between two processes of node:http2, in one thread on either side: no frames of S2, no
 * records, no stamps, no histograms. Resolves with bytes a second.
 */
export async function bareData(options: BareOptions): Promise<number> {
  const { direction, bytes, warmupSeconds, seconds } = options
  const server = await startBare(bytes)
  const session = connect(server.origin, {
    settings: { enablePush: false, initialWindowSize: WINDOW, maxFrameSize: MAX_FRAME_SIZE },
    maxSessionMemory: 1024,
  })
  try {
    await once(session, 'remoteSettings')
    session.setLocalWindowSize(WINDOW)
    const moved = direction === 'append' ? writeOn(session, options) : readOn(session)
    await sleep(warmupSeconds * 1000)
    const [before, begun] = [moved(), performance.now()]
    await sleep(seconds * 1000)
    return (moved() - before) / ((performance.now() - begun) / 1000)
  } finally {
    session.destroy()
    server.end()
  }
}

/** Returns what tells how many bytes have gone out by now. */
function writeOn(session: ClientHttp2Session, { bytes, inFlight }: BareOptions): () => number {
  const stream = open(session, 'POST')
  let sent = 0
  const write = (piece: Buffer): void => {
    stream.write(piece, (error) => {
      if (error) return
      sent += piece.length
      write(piece)
    })
  }
  for (let turn = 0; turn < inFlight; turn++) write(Buffer.alloc(bytes, turn))
  return () => sent
}

function readOn(session: ClientHttp2Session): () => number {
  const stream = open(session, 'GET')
  let came = 0
  stream.on('data', (chunk: Buffer) => {
    came += chunk.length
  })
  return () => came
}

function open(session: ClientHttp2Session, method: 'GET' | 'POST'): ClientHttp2Stream {
  const stream = session.request({ ':method': method, ':path': '/' }, { endStream: method === 'GET' })
  // It is cut in the middle when enough has been seen.
  stream.on('error', () => {})
  return stream
}

async function startBare(bytes: number): Promise<{ readonly origin: string; end(): void }> {
  const entry = fileURLToPath(new URL('./ceiling-bare-process.ts', import.meta.url))
  const child = spawn(process.execPath, [entry, String(bytes)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [port] = await once(createInterface({ input: child.stdout }), 'line')
  return { origin: `http://127.0.0.1:${String(port)}`, end: () => void child.kill('SIGKILL') }
}
