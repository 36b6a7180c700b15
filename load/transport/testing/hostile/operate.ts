import type { Append, Ending } from '../../appender.ts'
import { type ConnectionOptions, type Connections, createConnections } from '../../connection.ts'
import { createOwnSessions } from '../../h2/own-sessions.ts'
import { ownHttp2Wire } from '../../h2/wire.ts'
import type { Reader, ReaderParts } from '../../reader.ts'
import { createS2sAppender } from '../../s2s-appender.ts'
import { createS2sReader } from '../../s2s-reader.ts'
import { createSharedSessions } from '../../shared-sessions.ts'
import { createSseReader } from '../../sse-reader.ts'
import { TransportError } from '../../transport-error.ts'
import { createUnaryAppender } from '../../unary-appender.ts'
import { http1Wire, http2Wire, type UnaryWire } from '../../unary-wire.ts'
import type { Operation } from './peer.ts'

/** How an operation ended, in a sentence. */
export type Outcome = string

const PATH = '/v1/streams/s/records'
const now = (): number => performance.now() * 1000

function optionsFor(port: number): ConnectionOptions {
  return { origin: `http://127.0.0.1:${port}`, streamWindow: 1 << 20, connectionWindow: 16 << 20 }
}

const sentence = (ending: Ending): Outcome =>
  ending.kind === 'unknown'
    ? ending.why
    : ending.kind === 'refused'
      ? `refused: ${ending.status} ${ending.code}`
      : 'acked'

/** One encoded record behind the four bytes of a frame's head. */
const encoded = (): Buffer => Buffer.from([0, 0, 0, 0, 0x0a, 0x03, 0x1a, 0x01, 0x61])

const oneAppend = (): Append => ({ writer: 0, index: 0, count: 1, bytes: 1, intendedUs: 0, sentUs: 0 })

async function unaryAppend(wire: UnaryWire, encoding: 'proto' | 'json'): Promise<Outcome> {
  const ending = await new Promise<Ending>((resolve) => {
    const onEnding = (_append: Append, how: Ending): void => resolve(how)
    const waits = { onWait() {}, onWaited() {}, giveBack() {} }
    const parts = { wire, path: PATH, headers: {}, encoding, now, onEnding, ...waits }
    createUnaryAppender(parts).append(oneAppend(), encoded())
  })
  wire.close()
  return sentence(ending)
}

async function sessionAppend(connections: Connections): Promise<Outcome> {
  const ending = await new Promise<Ending>((resolve) => {
    createS2sAppender({
      ...{ connections, path: PATH, headers: {}, compression: 'none', now },
      onEnding: (_append, how) => resolve(how),
      onStray: () => resolve({ kind: 'unknown', why: 'an ack without an append' }),
      giveBack() {},
    }).append(oneAppend(), encoded())
  })
  connections.close()
  return sentence(ending)
}

/** The reason why `open` rejects or the session ends. */
async function read(create: (parts: ReaderParts) => Reader, close: () => void): Promise<Outcome> {
  const why = await new Promise<Outcome>((resolve, reject) => {
    const reader = create({
      path: PATH,
      headers: {},
      visitor: { record() {}, tail() {} },
      onBytes() {},
      onEnd: (reason) => resolve(reason ?? 'closed'),
    })
    reader.open(0).catch((error: unknown) => {
      if (error instanceof TransportError) resolve(error.message)
      else reject(error)
    })
  })
  close()
  return why
}

async function checkTail(connections: Connections): Promise<Outcome> {
  const answer = http2Wire(connections).send({ method: 'GET', path: `${PATH}/tail`, headers: {} })
  const outcome = await answer.then(
    ({ status }) => `status ${status}`,
    (error: unknown) => {
      if (error instanceof TransportError) return error.message
      throw error
    },
  )
  connections.close()
  return outcome
}

/** Uses the transports so against the peer on this port. Rejects where an error is reported as the generator's own. */
export const OPERATE: Readonly<Record<Operation, (port: number) => Promise<Outcome>>> = {
  'h2-proto append': (port) => unaryAppend(ownHttp2Wire(optionsFor(port), 1), 'proto'),
  'h2-json append': (port) => unaryAppend(ownHttp2Wire(optionsFor(port), 1), 'json'),
  'h1-json append': (port) => unaryAppend(http1Wire(optionsFor(port).origin, 1), 'json'),
  's2s append': (port) => sessionAppend(createConnections(optionsFor(port), 1)),
  's2s read'(port) {
    const sessions = createOwnSessions(optionsFor(port), 1)
    return read(
      (parts) => createS2sReader(parts, sessions, 'none'),
      () => sessions.close(),
    )
  },
  's2s read over shared connections'(port) {
    const connections = createConnections(optionsFor(port), 1)
    return read(
      (parts) => createS2sReader(parts, createSharedSessions(connections), 'none'),
      () => connections.close(),
    )
  },
  'sse read'(port) {
    const connections = createConnections(optionsFor(port), 1)
    return read(
      (parts) => createSseReader(parts, connections),
      () => connections.close(),
    )
  },
  'check-tail': (port) => checkTail(createConnections(optionsFor(port), 1)),
}
