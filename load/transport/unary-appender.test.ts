import { expect, test } from 'vitest'
import { HEAD_BYTES } from '../../proto/frames.ts'
import type { Ending } from './appender.ts'
import { TransportError } from './transport-error.ts'
import { answered, createUnaryAppender } from './unary-appender.ts'
import type { UnaryWire } from './unary-wire.ts'

/** How an append ends over this wire. */
function endingOver(encoding: 'proto' | 'json', send: UnaryWire['send']): Promise<Ending> {
  const { promise, resolve } = Promise.withResolvers<Ending>()
  createUnaryAppender({
    wire: { send, close() {} },
    ...{ path: '/', headers: {}, encoding, now: () => 0, giveBack() {}, onWait() {}, onWaited() {} },
    onEnding: (_append, ending) => resolve(ending),
  }).append({ writer: 0, index: 0, count: 1, bytes: 1, intendedUs: 0, sentUs: 0 }, Buffer.alloc(HEAD_BYTES))
  return promise
}

test.each<[string, 'proto' | 'json', UnaryWire['send'], string]>([
  [
    'a cut',
    'proto',
    () => Promise.reject(new TransportError('cut', 'the connection was closed')),
    'the connection was closed',
  ],
  [
    'an ack that is no protobuf',
    'proto',
    () => Promise.resolve({ status: 200, body: Buffer.from([0x0a]) }),
    'the message ends inside a field',
  ],
  [
    'an ack that is no JSON',
    'json',
    () => Promise.resolve({ status: 200, body: Buffer.from('{') }),
    "Expected property name or '}' in JSON at position 1 (line 1 column 2)",
  ],
])('%s leaves an append of which nothing is known', async (_what, encoding, send, why) => {
  expect(await endingOver(encoding, send)).toEqual({ kind: 'unknown', why })
})

test('what our own code throws is no end of an append', async () => {
  const read = (): Ending => ({ kind: 'acked', start: 0, end: 1 })
  const ours = new TypeError('ours')
  await expect(answered(Promise.reject(ours), read)).rejects.toBe(ours)
  const answer = Promise.resolve({ status: 200, body: Buffer.alloc(0) })
  const misread = answered(answer, () => {
    throw ours
  })
  await expect(misread).rejects.toBe(ours)
})
