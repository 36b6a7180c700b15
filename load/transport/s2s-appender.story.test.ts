import type { ServerHttp2Stream, Settings } from 'node:http2'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { encodeFrame, encodeTerminal, HEAD_BYTES } from '../../proto/frames.ts'
import { encodeAppendAck } from '../../proto/messages.ts'
import type { Acked, Appender, Ending } from './appender.ts'
import { type ConnectionOptions, createConnections } from './connection.ts'
import { createS2sAppender } from './s2s-appender.ts'
import { sendEnhanceYourCalm, serveHttp2 } from './testing/serve-http2.ts'

interface Given {
  readonly endings: Ending[]
  readonly strays: Acked[]
  createAppender(): Appender
  append(appender: Appender): void
}

/** Writers to a server that serves their sessions like this. */
async function against(
  serve: (stream: ServerHttp2Stream) => void,
  settings: Settings = {},
  limits: Pick<ConnectionOptions, 'mostStreams'> = {},
): Promise<Given> {
  const connections = createConnections({ ...(await serveHttp2(serve, settings)), ...limits }, 1)
  onTestFinished(() => connections.close())
  const [endings, strays]: [Ending[], Acked[]] = [[], []]
  return {
    endings,
    strays,
    createAppender: () =>
      createS2sAppender({
        connections,
        ...{ path: '/', headers: {}, compression: 'none', now: () => 0, giveBack() {} },
        onEnding: (_append, ending) => endings.push(ending),
        onStray: (acked) => strays.push(acked),
      }),
    append: (appender) =>
      appender.append(
        { writer: 0, index: 0, count: 1, bytes: 1, intendedUs: 0, sentUs: 0 },
        Buffer.alloc(HEAD_BYTES + 1),
      ),
  }
}

test('a writer that would have to wait for others to end is told so at once', async () => {
  const { createAppender } = await against((stream) => stream.respond(), { maxConcurrentStreams: 2 })
  const [first, second, third] = [createAppender(), createAppender(), createAppender()]
  await Promise.all([first.open(), second.open()])
  await expect(third.open()).rejects.toThrow('a connection has 2 streams at a time: give more --connections')
})

test('a writer is told of what connections are to have at most as of what the target takes', async () => {
  const { createAppender } = await against((stream) => stream.respond(), {}, { mostStreams: 1 })
  await createAppender().open()
  await expect(createAppender().open()).rejects.toThrow(
    'a connection has 1 stream at a time: give more --connections',
  )
})

const ack = (start: number): Uint8Array => {
  const position = (seqNum: number) => ({ seqNum: BigInt(seqNum), timestamp: 0n })
  const payload = encodeAppendAck({
    start: position(start),
    end: position(start + 1),
    tail: position(start + 1),
  })
  return encodeFrame({ payload, compression: 'none' })
}

describe('a session that the target ends without closing it', () => {
  test.each([
    ['with the answer', (stream: ServerHttp2Stream) => stream.end(), 'the session was cut'],
    [
      'with a last frame',
      (stream: ServerHttp2Stream) => stream.write(encodeTerminal(500, '{"code":"storage","message":"no"}')),
      '500 storage',
    ],
  ])('%s is lost at once, and what follows goes over another', async (_what, end, why) => {
    let turn = 0
    const { createAppender, append, endings } = await against((stream) => {
      turn += 1
      const isFirst = turn === 1
      stream.respond()
      stream.once('data', () => (isFirst ? end(stream) : stream.write(ack(7))))
    })
    const appender = createAppender()
    await appender.open()
    append(appender)
    await expect.poll(() => endings).toEqual([{ kind: 'unknown', why }])
    append(appender)
    await expect.poll(() => endings[1]).toEqual({ kind: 'acked', start: 7, end: 8 })
  })
})

test('a session whose connection the target ends says why, and what follows goes over another', async () => {
  let turn = 0
  const { createAppender, append, endings } = await against((stream) => {
    turn += 1
    const isFirst = turn === 1
    stream.respond()
    stream.once('data', () => (isFirst ? sendEnhanceYourCalm(stream.session) : stream.write(ack(7))))
  })
  const appender = createAppender()
  await appender.open()
  append(appender)
  const why = 'the target ended the connection: ENHANCE_YOUR_CALM, "too_many_pings"'
  await expect.poll(() => endings).toEqual([{ kind: 'unknown', why }])
  append(appender)
  await expect.poll(() => endings[1]).toEqual({ kind: 'acked', start: 7, end: 8 })
})

describe('a session that is refused', () => {
  test.each<[number, readonly string[], Ending]>([
    [429, ['{"code":"rate_limited"}'], { kind: 'refused', status: 429, code: 'rate_limited' }],
    [503, ['{"code":"server', '_draining"}'], { kind: 'refused', status: 503, code: 'server_draining' }],
    [500, ['{"code":"storage"}'], { kind: 'unknown', why: '500 storage' }],
    [502, ['<html>'], { kind: 'unknown', why: '502 without a code' }],
    [403, [], { kind: 'refused', status: 403, code: 'without a code' }],
  ])(
    'with %i and %j says so of its first append, and what follows goes over another',
    async (status, pieces, first) => {
      let turn = 0
      const { createAppender, append, endings } = await against((stream) => {
        turn += 1
        if (turn > 1) {
          stream.respond()
          stream.once('data', () => stream.write(ack(7)))
          return
        }
        stream.once('data', async () => {
          stream.respond({ ':status': status })
          for (const piece of pieces) {
            stream.write(piece)
            await setImmediate()
          }
          stream.end()
        })
      })
      const appender = createAppender()
      await appender.open()
      append(appender)
      append(appender)
      const behind =
        first.kind === 'refused' ? { kind: 'unknown', why: 'the session ended before it' } : first
      await expect.poll(() => endings).toEqual([first, behind])
      append(appender)
      await expect.poll(() => endings[2]).toEqual({ kind: 'acked', start: 7, end: 8 })
    },
  )
})

test('an ack for nothing is told, and ends the session', async () => {
  const { createAppender, append, endings, strays } = await against((stream) => {
    stream.respond()
    stream.once('data', () => stream.write(Buffer.concat([ack(7), ack(8)])))
  })
  const appender = createAppender()
  await appender.open()
  append(appender)
  await expect.poll(() => strays).toEqual([{ start: 8, end: 9 }])
  expect(endings).toEqual([{ kind: 'acked', start: 7, end: 8 }])
  append(appender)
  await expect.poll(() => endings.length).toBe(2)
})

test('what is no frame ends the session, and is the reason of what was under way', async () => {
  const { createAppender, append, endings } = await against((stream) => {
    stream.respond()
    stream.once('data', () => stream.write(Buffer.alloc(3)))
  })
  const appender = createAppender()
  await appender.open()
  append(appender)
  await expect
    .poll(() => endings)
    .toEqual([{ kind: 'unknown', why: 'a frame of length 0 lacks its flag byte' }])
})

test('what waits while nobody knows what became of the appends before is not sent behind them', async () => {
  const { endings, createAppender, append } = await against((stream) => stream.respond())
  const appender = createAppender()
  await appender.open()
  append(appender)
  // The session takes no more, and has not ended.
  appender.close()
  append(appender)
  await expect.poll(() => endings.length).toBe(2)
  expect(endings).toEqual([
    { kind: 'unknown', why: 'the session was cut' },
    { kind: 'unknown', why: 'the session before it was cut' },
  ])
})
