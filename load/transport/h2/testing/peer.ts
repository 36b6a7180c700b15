import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { expect } from 'vitest'
import { Http2Connection } from '../connection.ts'
import { type Exchange, newExchange, type Taker } from '../exchange.ts'
import { FLAG, FRAME, frame, HEAD_BYTES, PREFACE, settingsFrame } from '../frame.ts'

export interface Said {
  readonly type: number
  readonly flags: number
  readonly stream: number
  readonly payload: Buffer
}

/** The other side of one connection, frame by frame: it does nothing by itself but to greet with its settings. */
export interface Peer {
  readonly connection: Http2Connection
  /** What the client has said behind its preface. */
  readonly frames: readonly Said[]
  readonly isEnded: boolean
  say(...frames: Buffer[]): void
  /** Resolves when all that was said was taken, and all that was to be said to it is in `frames`: a ping is answered. */
  settled(): Promise<void>
  /** Lengths of the data on a stream. */
  data(stream: number): readonly number[]
  close(): void
}

export interface PeerOptions {
  readonly settings?: readonly (readonly [id: number, value: number])[]
  readonly streamWindow?: number
  readonly connectionWindow?: number
  readonly firstStream?: number
  readonly mostStreams?: number
}

export async function meet({
  settings = [],
  streamWindow = 65_535,
  connectionWindow = 65_535,
  firstStream,
  mostStreams,
}: PeerOptions = {}): Promise<Peer> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') expect.unreachable()
  const accepted = new Promise<Socket>((resolve) => server.once('connection', resolve))
  const near = connect(address.port, '127.0.0.1')
  await once(near, 'connect')
  const connection = new Http2Connection(
    near,
    { streamWindow, connectionWindow, ...(mostStreams !== undefined && { mostStreams }) },
    firstStream,
  )
  near.on('data', (chunk: Buffer) => connection.take(chunk))
  const socket = await accepted
  const frames: Said[] = []
  let isEnded = false
  socket.on('error', () => {})
  socket.on('end', () => {
    isEnded = true
  })
  socket.on('data', framesTo(frames))
  socket.write(settingsFrame(settings))
  await connection.ready()
  let pings = 0
  return {
    connection,
    frames,
    get isEnded() {
      return isEnded
    },
    say: (...said) => void socket.write(Buffer.concat(said)),
    async settled() {
      pings += 1
      const payload = Buffer.alloc(8, pings)
      socket.write(frame(FRAME.ping, 0, 0, payload))
      await expect.poll(() => frames.some((each) => isAck(each) && each.payload.equals(payload))).toBe(true)
    },
    data: (stream) =>
      frames.filter((each) => each.type === FRAME.data && each.stream === stream).map(lengthOf),
    close() {
      connection.close()
      socket.destroy()
      server.close()
    },
  }
}

const isAck = ({ type, flags }: Said): boolean => type === FRAME.ping && flags === FLAG.ack
const lengthOf = ({ payload }: Said): number => payload.length

function framesTo(frames: Said[]): (chunk: Buffer) => void {
  let held = Buffer.alloc(0)
  let isGreeted = false
  return (chunk) => {
    held = Buffer.concat([held, chunk])
    if (!isGreeted && held.length >= PREFACE.length) {
      expect(held.subarray(0, PREFACE.length)).toEqual(PREFACE)
      held = held.subarray(PREFACE.length)
      isGreeted = true
    }
    while (isGreeted && held.length >= HEAD_BYTES) {
      const end = HEAD_BYTES + held.readUIntBE(0, 3)
      if (held.length < end) return
      frames.push({
        type: held.readUInt8(3),
        flags: held.readUInt8(4),
        stream: held.readUInt32BE(5),
        payload: held.subarray(HEAD_BYTES, end),
      })
      held = held.subarray(end)
    }
  }
}

export interface Asked {
  readonly exchange: Exchange
  /** The status, or why there is none; each time that it is told. */
  readonly told: (number | string)[]
}

/** Sends a request; a peer reads of its head no more than its length. */
export function ask(
  connection: Http2Connection,
  {
    head = Buffer.alloc(1),
    body = Buffer.alloc(0),
    taker,
  }: { head?: Buffer; body?: Buffer; taker?: Taker } = {},
): Asked {
  const told: (number | string)[] = []
  const exchange = newExchange(
    head,
    body,
    ({ status }) => told.push(status),
    ({ message }) => told.push(message),
    taker,
  )
  connection.send(exchange)
  return { exchange, told }
}

/** The head of an answer of status 200. */
export const head = (stream: number, flags = 0): Buffer =>
  frame(FRAME.headers, FLAG.endHeaders | flags, stream, Buffer.from([0x88]))

/** The whole of such an answer. */
export const answer = (stream: number): Buffer => head(stream, FLAG.endStream)

export const dataFrame = (stream: number, length: number, flags = 0): Buffer =>
  frame(FRAME.data, flags, stream, Buffer.alloc(length))
