import { once } from 'node:events'
import http2, { type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { createConnections } from './connection.ts'

test('a connection that went away does not take the one that came for it along when it ends', async () => {
  const server = http2.createServer()
  const sessions: ServerHttp2Session[] = []
  server.on('session', (session) => sessions.push(session.on('error', () => {})))
  server.on('stream', (stream: ServerHttp2Stream) => stream.on('error', () => {}).respond())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const connections = createConnections({ origin, streamWindow: 65_535, connectionWindow: 1 << 20 }, 1)
  const old = await connections.next()
  old.request({ ':method': 'GET' }).on('error', () => {})
  sessions[0]?.goaway()
  await once(old, 'goaway')
  const fresh = await connections.next()
  expect(fresh).not.toBe(old)
  sessions[0]?.destroy()
  await once(old, 'close')
  expect(await connections.next()).toBe(fresh)
  expect(connections.opened).toBe(2)
  connections.close()
  for (const session of sessions) session.destroy()
  server.close()
})
