import { once } from 'node:events'
import { type ClientHttp2Session, connect } from 'node:http2'
import { afterEach } from 'vitest'
import type { Backend } from '../../backend/backend.ts'
import { createServer, type ReferenceServer } from '../../server.ts'
import type { FakeClock } from '../../testing/fake-clock.ts'
import { fakeBackend } from './fake-backend.ts'
import { connectRaw, type RawConnection } from './raw-connection.ts'

const connections: RawConnection[] = []
const sessions: ClientHttp2Session[] = []
const servers: ReferenceServer[] = []

afterEach(async () => {
  for (const { socket } of connections.splice(0)) socket.destroy()
  for (const session of sessions.splice(0)) session.destroy()
  for (const server of servers.splice(0)) await server.stop()
})

/** A server that goes with its test, as what is opened to it does. */
export async function serve(
  answers: Partial<Backend> = {},
  clock?: FakeClock,
  options: NonNullable<Parameters<typeof createServer>[0]['options']> = {},
): Promise<{ url: string; server: ReferenceServer }> {
  const { backend } = fakeBackend(answers)
  const server = await createServer({ data: { backend }, options, ...(clock && { clock }) })
  servers.push(server)
  return { url: await server.start(), server }
}

export async function raw(url: string): Promise<RawConnection> {
  const connection = await connectRaw(url)
  connections.push(connection)
  return connection
}

export function http2(url: string): ClientHttp2Session {
  const session = connect(url)
  session.on('error', () => {})
  sessions.push(session)
  return session
}

export async function get2(session: ClientHttp2Session, path: string): Promise<[number | undefined, string]> {
  const stream = session.request({ ':path': path, 's2-basin': 'basin-1-x' })
  const [head] = await once(stream, 'response')
  let body = ''
  for await (const chunk of stream) body += String(chunk)
  return [head[':status'], body]
}

export const HEALTH = 'GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n'
