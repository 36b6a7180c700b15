import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** A connection that keeps what comes. */
export interface Exchange {
  readonly socket: Socket
  /** Everything so far. */
  received(): Buffer
  /** Sends, and waits for the beginning of an answer, or a moment: not everything has one. */
  saidOrWaited(bytes: Uint8Array): Promise<void>
  /** Resolves when `done` says so of what has come, or the connection is closed; rejects with what was waited for. */
  until(done: () => boolean, what: string): Promise<void>
}

export async function openExchange(url: string): Promise<Exchange> {
  const { hostname, port } = new URL(url)
  const socket = connect({ port: Number(port), host: hostname, noDelay: true })
  const chunks: Buffer[] = []
  let wake = (): void => {}
  socket.on('error', () => {})
  socket.on('data', (chunk) => {
    chunks.push(chunk)
    wake()
  })
  socket.on('close', () => wake())
  await once(socket, 'connect')
  return {
    socket,
    received: () => {
      if (chunks.length > 1) chunks.splice(0, chunks.length, Buffer.concat(chunks))
      return chunks[0] ?? Buffer.alloc(0)
    },
    async saidOrWaited(bytes) {
      socket.write(bytes)
      if (socket.closed || chunks.length > 0) return
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, MOMENT_MS)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    },
    async until(done, what) {
      const deadline = performance.now() + PATIENCE_MS
      while (!socket.closed && !done()) {
        const left = deadline - performance.now()
        if (left <= 0) {
          socket.destroy()
          throw new Error(`in ${PATIENCE_MS / 1000} s ${what}`)
        }
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, left)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
    },
  }
}

const MOMENT_MS = 40

/** Nothing takes as long; a machine under load may. */
const PATIENCE_MS = 30_000
