import { expect, onTestFinished, test } from 'vitest'
import { createAccountClient } from '../../../client/clients/account.ts'
import { singleEndpoint } from '../../../client/endpoints.ts'
import { createExchange } from '../../../client/exchange.ts'
import { createInventory } from '../../../client/inventory.ts'
import { createRedactor } from '../../../client/redact.ts'
import { openConnections } from '../../../client/run/open-connections.ts'
import { type StubAnswer, startStub } from '../../../client/testing/stub-server.ts'
import { createRecorder } from '../../../client/transcript.ts'
import { realClock } from '../../../kit/clock.ts'
import type { Fault } from '../../workload/fault.ts'
import type { Tail } from '../engine/tail.ts'
import { askTail } from './ask-tail.ts'

const KILL: Fault = { kind: 'kill', at: 1, lasts: 0 }

/** What comes of asking a target that answers like this. */
async function asked(answer: StubAnswer | 'cut', faults: readonly Fault[] = []): Promise<Tail> {
  const stub = await startStub(() => answer)
  const endpoints = singleEndpoint(stub.origin)
  const { connections, close } = openConnections(
    { endpoints },
    realClock,
    { token: undefined, runId: 'abcdef' },
    () => {},
  )
  onTestFinished(async () => {
    await close()
    await stub.close()
  })
  const redactor = createRedactor(['sk-secret'])
  const exchange = createExchange(connections, createRecorder(redactor), new AbortController().signal)
  const inventory = createInventory('abcdef')
  const basin = createAccountClient({ exchange, inventory, sessionHttp: '2' }).basin('b')
  return await askTail({ basin, origin: 'http://here', faults, redactor }, 's')
}

const MISSING = { status: 404, body: '{"code":"stream_not_found","message":"m"}' }

test('a tail is told', async () => {
  expect(await asked({ body: '{"tail":{"seq_num":7,"timestamp":1}}' })).toBe(7)
})

test('one that was killed on purpose may have forgotten the stream, which ends at 0 then', async () => {
  expect(await asked(MISSING, [KILL])).toBe(0)
})

test.each<[string, StubAnswer | 'cut', RegExp]>([
  ['has lost the stream by itself', MISSING, /answered 404 stream_not_found \("m"\) when it was asked where/],
  [
    'is in trouble',
    { status: 500, body: '{"code":"internal","message":"no sk-secret"}' },
    /answered 500 internal \("no <redacted>"\) when it was asked where a stream ends$/,
  ],
  ['says something else', { body: '{"tail":7}' }, /did not say where a stream ends: the body of the answer/],
  ['cuts the connection', 'cut', /was gone when the load ended: the connection/],
])('one that %s throws nothing away, and is told', async (_what, answer, why) => {
  const tail = await asked(answer)
  expect(tail).toEqual({ why: expect.stringMatching(why) })
  expect(tail).toEqual({ why: expect.stringMatching(/^the target at http:\/\/here /) })
})
