import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import net, { type AddressInfo, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import zlib from 'node:zlib'

/** Answers one request in a way that no client can use. */
export type Hostility = (response: ServerResponse, request: IncomingMessage) => void

export interface HostileServer {
  readonly origin: string
  close(): Promise<void>
}

/** Requests of a run before its first check or probe: the list of basins, a new basin, and the list of its streams. */
const FRIENDLY = 3

/**
 * An HTTP/1.1 server on a free port that turns hostile after so many requests. It sends `http2` to clients that begin with the
 * preface of HTTP/2; absent, it refuses them.
 */
export async function startHostile(
  hostility: Hostility,
  friendly: number = FRIENDLY,
  http2: Uint8Array = Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'),
): Promise<HostileServer> {
  let requests = 0
  const server = http.createServer((request, response) => {
    request.resume()
    response.on('error', () => {})
    requests += 1
    if (requests > friendly) hostility(response, request)
    else serve(request, response)
  })
  return await startSniffing((socket, first) => {
    if (first.toString().startsWith('PRI ')) socket.end(http2)
    else {
      socket.pause().unshift(first)
      server.emit('connection', socket)
    }
  })
}

function serve({ method }: IncomingMessage, response: ServerResponse): void {
  if (method !== 'POST') response.end('{"basins":[],"streams":[],"has_more":false}')
  else response.writeHead(201).end('{"name":"x","created_at":"2026-01-01T00:00:00Z"}')
}

export const silent: Hostility = () => {}

/** One byte of the body after the other, so that it never ends and is never idle for long. */
export const dripping =
  (everyMs: number): Hostility =>
  (response) => {
    const timer = setInterval(() => void response.write(' '), everyMs)
    response.once('close', () => clearInterval(timer))
  }

/** A body without end, as fast as the client reads. */
export const endless: Hostility = (response) => {
  const chunk = Buffer.alloc(65_536, ' ')
  const more = (): void => {
    while (!response.destroyed && response.write(chunk)) {}
  }
  response.on('drain', more)
  more()
}

/** A list of basins that is valid and far too long. */
export function large(bytes: number): Hostility {
  const body = Buffer.from(`{"basins":[],"streams":[],"has_more":false,"pad":"${'x'.repeat(bytes)}"}`)
  return (response) => void response.end(body)
}

type Coding = 'gzip' | 'deflate' | 'zstd'

const ENCODERS: Readonly<Record<Coding, () => Duplex>> = {
  gzip: () => zlib.createGzip(),
  deflate: () => zlib.createDeflate(),
  zstd: () => zlib.createZstdCompress(),
}

/** A small body that is so many MiB when its coding is undone. */
export async function bomb(coding: Coding, mebibytes: number): Promise<Hostility> {
  const encoder = ENCODERS[coding]()
  const pieces: Uint8Array[] = []
  encoder.on('data', (piece: Uint8Array) => pieces.push(piece))
  const zeros = Buffer.alloc(2 ** 20)
  for (let count = 0; count < mebibytes; count++)
    await new Promise<void>((resolve) => encoder.write(zeros, () => resolve()))
  await new Promise<void>((resolve) => encoder.once('end', resolve).end())
  const body = Buffer.concat(pieces)
  return (response) => void response.writeHead(200, { 'content-encoding': coding }).end(body)
}

/** Response headers without end. */
export const endlessHeaders: Hostility = (_response, { socket }) => {
  const lines = 'x-header: value\r\n'.repeat(100)
  const more = (): void => {
    while (!socket.destroyed && socket.write(lines)) {}
  }
  socket.on('error', () => {})
  socket.on('drain', more)
  socket.write('HTTP/1.1 200 OK\r\n')
  more()
}

/** A TCP server on a free port that sends these bytes once it has read something; `ends` closes the connection then. */
export const startBytes = (bytes: Uint8Array, ends = false): Promise<HostileServer> =>
  startSniffing((socket) => void (ends ? socket.end(bytes) : socket.write(bytes)))

/** A TCP server on a free port that calls `onFirst` with the first bytes of each connection. */
async function startSniffing(onFirst: (socket: Socket, first: Buffer) => void): Promise<HostileServer> {
  const sockets = new Set<Socket>()
  const server = net.createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.once('data', (first: Buffer) => {
      onFirst(socket, first)
      socket.resume()
    })
  })
  const origin = await listening(server)
  return {
    origin,
    close() {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

/** A frame of HTTP/2 on stream 0. */
export function http2Frame(type: number, payload: Uint8Array = new Uint8Array(0)): Buffer {
  const head = Buffer.alloc(9)
  head.writeUIntBE(payload.length, 0, 3)
  head[3] = type
  return Buffer.concat([head, payload])
}

/** A SETTINGS frame with one setting. */
export function http2Settings(id: number, value: number): Buffer {
  const payload = Buffer.alloc(6)
  payload.writeUInt16BE(id, 0)
  payload.writeUInt32BE(value, 2)
  return http2Frame(SETTINGS, payload)
}

export const SETTINGS = 4
export const GOAWAY = 7
export const SETTING_MAX_FRAME_SIZE = 5

function listening(server: net.Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      resolve(`http://127.0.0.1:${port}`)
    })
  })
}
