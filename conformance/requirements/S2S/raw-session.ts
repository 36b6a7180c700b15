import type { Answer } from '../../../client/answer.ts'
import type { StreamClient } from '../../../client/stream-client.ts'
import { watched } from '../../../client/watch.ts'
import type { AppendAck, ReadBatch } from '../../../proto/types.ts'
import { ackOf, batchOf, COMPRESSION, type SeenFrame, splitFrames, TERMINAL } from '../../by-hand/frames.ts'
import type { Expect } from '../../check/expect.ts'

type Headers = Readonly<Record<string, string>>

/** A whole append session in one request: what was sent is known in advance, what came is there byte by byte. */
export function postFrames(
  stream: StreamClient,
  body: Uint8Array,
  headers: Headers = {},
): Promise<Answer<unknown>> {
  return stream.raw({
    method: 'POST',
    path: stream.recordsPath,
    headers: { 'content-type': 's2s/proto', ...headers },
    body,
  })
}

/** A whole read session that ends by itself. `query` begins with a question mark. */
export function getFrames(
  stream: StreamClient,
  query: string,
  headers: Headers = {},
): Promise<Answer<unknown>> {
  return stream.raw({
    method: 'GET',
    path: `${stream.recordsPath}${query}`,
    headers: { 'content-type': 's2s/proto', ...headers },
  })
}

/** The frames of an accepted session. */
export function framesOf(expect: Expect, answer: Answer<unknown>): readonly SeenFrame[] {
  expect.ok(answer)
  expect.header(answer, 'content-type', 's2s/proto')
  return splitFrames(answer.body)
}

export const acksOf = (expect: Expect, answer: Answer<unknown>): readonly AppendAck[] =>
  framesOf(expect, answer).map((frame) => ackOf(regular(expect, frame)))

export const batchesOf = (expect: Expect, answer: Answer<unknown>): readonly ReadBatch[] =>
  framesOf(expect, answer).map((frame) => batchOf(regular(expect, frame)))

/** What a terminal frame says, its flag byte aside. */
export interface Terminal {
  readonly status: number
  readonly json: unknown
}

/** The acks of a session that failed, and the terminal frame that alone may follow them. */
export function failedSession(
  expect: Expect,
  answer: Answer<unknown>,
): { readonly acks: readonly AppendAck[]; readonly terminal: Terminal } {
  const frames = framesOf(expect, answer)
  const last = expect.present(frames.at(-1), 'a frame')
  const acks = frames.slice(0, -1).map((frame) => ackOf(regular(expect, frame)))
  return { acks, terminal: terminalOf(expect, last) }
}

/** Two bytes of status, then JSON in UTF-8 (S2S-008). */
export function terminalOf(expect: Expect, { flags, body }: SeenFrame): Terminal {
  expect.equal(flags & (TERMINAL | COMPRESSION), TERMINAL, 'terminal and compression bits of the last frame')
  const [high, low] = body
  const status = expect.present(high, 'a status') * 256 + expect.present(low, 'the second byte of a status')
  return watched({ status, json: parseJson(expect, body.subarray(2)) }, 'a terminal frame')
}

/** `json.code`, of a body that has a `message` beside it. */
export function expectTerminal(
  expect: Expect,
  { status, json }: Terminal,
  allowed: readonly (readonly [status: number, code: string])[],
): void {
  const { code, message } = Object(json)
  const came = `${status} ${code}`
  const outcomes = allowed.map((pair) => pair.join(' '))
  expect.that(outcomes.includes(came), `the terminal frame says ${outcomes.join(' or ')}`, came)
  expect.equal(typeof message, 'string', 'type of the message in the terminal frame')
}

function regular(expect: Expect, frame: SeenFrame): SeenFrame {
  expect.equal(frame.flags & TERMINAL, 0, 'terminal bit of a frame before the last')
  return frame
}

function parseJson(expect: Expect, bytes: Uint8Array): unknown {
  const text = Buffer.from(bytes).toString('utf8')
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {}
  expect.that(json !== undefined, 'the terminal frame carries JSON', text)
  return json
}
