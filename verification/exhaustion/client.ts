import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import {
  frame as encodeHttp2Frame,
  errorCodeOf,
  FLAG,
  framesIn,
  opening,
  type ReceivedFrame,
  statusOf,
  TYPE,
} from '../../reference-server/http/testing/http2-wire.ts'

/** Sends parts until they are no longer taken, the server has had enough, or there were `most` bytes; resolves to how many. */
export async function flood(client: Client, part: Uint8Array, most: number): Promise<number> {
  let sent = 0
  while (sent < most && !client.closed) {
    const taken = await Promise.race([client.send(part).then(() => true), timedOut()])
    if (!taken) break
    sent += part.length
  }
  return sent
}

const timedOut = (): Promise<boolean> =>
  new Promise((resolve) => setTimeout(() => resolve(false), NOT_TAKEN_MS))

const NOT_TAKEN_MS = 400

/** A connection of bytes that remembers no more of what comes than it needs, so that only the server's memory grows. */
export interface Client {
  /** Resolves when the system has taken the bytes; never, if the server does not. */
  send(bytes: string | Uint8Array): Promise<void>
  /** From now on nothing is taken from the server. */
  stopReading(): void
  readOn(): void
  readonly received: number
  readonly closed: boolean
  /** What has come of it: `200`, `400 bad_json`, `closed`, or `waits`. */
  outcome(): string
  destroy(): void
}

const ACKNOWLEDGED = encodeHttp2Frame(TYPE.settings, FLAG.ack, 0)

const REMEMBERED_BYTES = 16_384

export async function connectHttp1(url: string): Promise<Client> {
  const socket = await open(url)
  let text = ''
  return clientOf(
    socket,
    (chunk) => {
      if (text.length < REMEMBERED_BYTES) text += chunk.toString('latin1')
    },
    () => {
      const status = [...text.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].at(-1)?.[1]
      if (status === undefined) return undefined
      const code = /"code":"(\w+)"/.exec(text)?.[1]
      return code === undefined ? status : `${status} ${code}`
    },
  )
}

/** Its settings are sent; `window` is what each answer may send without being asked for more. */
export async function connectHttp2(url: string, window?: number): Promise<Client> {
  const socket = await open(url)
  socket.write(opening(window))
  let buffered = Buffer.alloc(0)
  const seen: string[] = []
  let code = ''
  return clientOf(
    socket,
    (chunk) => {
      const { frames, end } = framesIn(Buffer.concat([buffered, chunk]))
      buffered = Buffer.concat([buffered, chunk]).subarray(end)
      for (const frame of frames) {
        // Until this, the windows that the server gives are not those of its settings.
        if (frame.type === TYPE.settings && (frame.flags & FLAG.ack) === 0) socket.write(ACKNOWLEDGED)
        if (frame.type === TYPE.data) code ||= codeIn(frame)
        const what = frameOutcome(frame)
        if (what !== undefined && !seen.includes(what)) seen.push(what)
      }
    },
    () => (seen.length === 0 ? undefined : `${seen.join(', ')}${code}`),
  )
}

/** What a frame says of the fate of a request, or of the connection. */
function frameOutcome(frame: ReceivedFrame): string | undefined {
  if (frame.type === TYPE.headers) return String(statusOf(frame) ?? 'trailers')
  if (frame.type === TYPE.reset) return `reset ${errorCodeOf(frame)}`
  if (frame.type === TYPE.goaway) return `goaway ${errorCodeOf(frame)}`
  return frame.type === TYPE.ping && Buffer.from(frame.payload).equals(PROBE) ? 'goes on' : undefined
}

/** A PING that comes back, and makes the outcome `goes on`, when the server has read all that came before it. */
const PROBE = Buffer.from('goes on?')
export const probe: Uint8Array = encodeHttp2Frame(TYPE.ping, 0, 0, PROBE)

/** The first code of a refusal, behind a space. */
function codeIn({ payload }: ReceivedFrame): string {
  const code = /"code":"(\w+)"/.exec(Buffer.from(payload).toString('latin1'))?.[1]
  return code === undefined ? '' : ` ${code}`
}

async function open(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.setNoDelay(true)
  await once(socket, 'connect')
  return socket
}

function clientOf(socket: Socket, take: (chunk: Buffer) => void, answered: () => string | undefined): Client {
  let received = 0
  socket.on('error', () => {})
  socket.on('data', (chunk) => {
    received += chunk.length
    take(chunk)
  })
  return {
    send: (bytes) =>
      new Promise((resolve) => {
        socket.write(bytes, () => resolve())
        if (socket.destroyed) resolve()
      }),
    stopReading: () => socket.pause(),
    readOn: () => socket.resume(),
    get received() {
      return received
    },
    get closed() {
      return socket.closed
    },
    outcome: () => answered() ?? (socket.closed ? 'closed' : 'waits'),
    destroy: () => socket.destroy(),
  }
}
