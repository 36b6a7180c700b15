import assert from 'node:assert/strict'
import type { AccountClient } from '../../../../client/account-client.ts'
import { createAccountClient } from '../../../../client/clients/account.ts'
import { singleEndpoint } from '../../../../client/endpoints.ts'
import { type Connections, createExchange } from '../../../../client/exchange.ts'
import { faultyWiresBy } from '../../../../client/faults/faulty-wires.ts'
import { createInventory } from '../../../../client/inventory.ts'
import { createRedactor } from '../../../../client/redact.ts'
import type { StreamClient } from '../../../../client/stream-client.ts'
import { createRecorder } from '../../../../client/transcript.ts'
import type { Transport } from '../../../../client/transport.ts'
import { createHttp1 } from '../../../../client/wire/http1.ts'
import { createHttp2 } from '../../../../client/wire/http2.ts'
import type { Wire } from '../../../../client/wire/wire.ts'
import { realClock } from '../../../../kit/clock.ts'
import type { Faults } from '../../../../reference-server/index.ts'
import { BASIN } from '../basin.ts'
import type { PatternServer } from './pattern-server.ts'
import { createRecording, type Recording } from './recording.ts'

/** An account, once with exchanges that are captured and once with others. */
export interface Accounts {
  readonly account: AccountClient
  /** For preparation and for proofs: its exchanges are not captured. */
  readonly aside: AccountClient
}

/** A server with one basin, as a pattern sees it. */
export interface World extends Accounts {
  /** Starts a step: the exchanges that begin from now on belong to it. */
  step(number: number): void
  /** Names the row of a table that the next exchanges belong to. */
  label(name: string): void
  /** A stream whose exchanges are captured. */
  stream(name: string, transport?: Transport): StreamClient
  /** Throws where the server has none. */
  readonly faults: Faults
  readonly hasFaults: boolean
  readonly url: string
  /** The account at another address, with and without capture. */
  elsewhere(url: string): Accounts
  pass(milliseconds: number): Promise<void>
}

/** A world, and what was recorded in it. */
export interface RecordedWorld {
  readonly world: World
  readonly recording: Recording
  close(): Promise<void>
}

/** Milliseconds between two requests, so that each has a time of its own. */
const BETWEEN_REQUESTS_MS = 100
const REQUEST_SECONDS = 20

/** Connects to a server and creates the basin. */
export async function createWorld(server: PatternServer): Promise<RecordedWorld> {
  const recording = createRecording(server)
  const [http1, http2] = [createHttp1(), createHttp2()]
  const captured = (wire: Wire): Wire => recording.over(spaced(wire, server))
  const accountsOf = (at: Pick<PatternServer, 'url' | 'token'>): Accounts => ({
    account: clientOf(at, captured(http1), captured(http2)),
    aside: clientOf(at, spaced(http1, server), spaced(http2, server)),
  })
  const { account, aside } = accountsOf(server)
  const created = await aside.createBasin(BASIN)
  assert.equal(created.status, 201)
  return {
    recording,
    world: {
      step: recording.step,
      label: recording.label,
      stream: (name, transport) => account.basin(BASIN).stream(name, transport),
      account,
      aside,
      get faults() {
        assert(server.faults !== undefined, 'the server has no planned faults')
        return server.faults
      },
      hasFaults: server.faults !== undefined,
      url: server.url,
      elsewhere: (url) => accountsOf({ ...server, url }),
      pass: server.pass,
    },
    async close() {
      await Promise.all([http1.close(), http2.close()])
    },
  }
}

const spaced = (wire: Wire, { pass }: PatternServer): Wire => ({
  ...wire,
  async open(request, opening, signal) {
    await pass(BETWEEN_REQUESTS_MS)
    return await wire.open(request, opening, signal)
  },
})

function clientOf(
  { url, token }: Pick<PatternServer, 'url' | 'token'>,
  http1: Wire,
  http2: Wire,
): AccountClient {
  const connections: Connections = {
    endpoints: singleEndpoint(url),
    token,
    http1,
    http2,
    faulty: faultyWiresBy(),
    requestSeconds: REQUEST_SECONDS,
    clock: realClock,
  }
  const recorder = createRecorder(createRedactor([token]))
  return createAccountClient({
    exchange: createExchange(connections, recorder, new AbortController().signal),
    inventory: createInventory('patterns'),
    sessionHttp: '2',
  })
}
