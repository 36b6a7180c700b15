import { constants, type ServerHttp2Stream } from 'node:http2'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createConnections } from './connection.ts'
import { MAX_BARREN_BYTES } from './empty-frame-guard.ts'
import type { Reader } from './reader.ts'
import { createSseReader } from './sse-reader.ts'
import { recordVisits, type Visits } from './testing/record-visits.ts'
import { sendEnhanceYourCalm, serveHttp2 } from './testing/serve-http2.ts'

/** A reader of a server that serves its streams like this. */
async function readerOf(
  serve: (stream: ServerHttp2Stream) => void,
): Promise<Visits & { readonly reader: Reader }> {
  const connections = createConnections({ ...(await serveHttp2(serve)), streamWindow: 1 << 20 }, 1)
  onTestFinished(() => connections.close())
  const heard = recordVisits()
  return { ...heard, reader: createSseReader(heard.parts, connections) }
}

const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** An event, its data over as many lines as they are. */
const eventOf = (name: string, ...data: readonly string[]): string =>
  `event: ${name}\n${data.map((line) => `data: ${line}\n`).join('')}\n`

const batchOf = (seqNum: number, body: string): string =>
  eventOf('batch', '{"records":[', `{"seq_num":${seqNum},"timestamp":7,"body":"${base64(body)}"}]}`)

describe('events', () => {
  const text = `: hello\n\n${batchOf(3, 'a')}${eventOf('ping', '{}')}${batchOf(4, 'bé')}${eventOf('error', 'zu spät')}`
  const read = {
    records: [
      [3, 'a'],
      [4, 'bé'],
    ],
    ends: ['zu spät'],
  }

  test.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('whose lines end with %s are read', async (_name, lineEnd) => {
    const { reader, records, ends } = await readerOf((stream) => {
      stream.respond()
      stream.end(text.replaceAll('\n', lineEnd))
    })
    await reader.open(3)
    await expect.poll(() => ({ records, ends })).toEqual(read)
  })

  test.each([
    ['between all bytes', 1, '\n'],
    ['between all bytes, CR and LF too', 1, '\r\n'],
    ['elsewhere', 7, '\r\n'],
  ])('that are cut %s are the same', async (_where, size, lineEnd) => {
    const bytes = Buffer.from(text.replaceAll('\n', lineEnd))
    const { reader, records, ends } = await readerOf(async (stream) => {
      stream.respond()
      for (let at = 0; at < bytes.length; at += size) {
        stream.write(bytes.subarray(at, at + size))
        // What is written in one turn would come as one.
        await setImmediate()
      }
      stream.end()
    })
    await reader.open(3)
    await expect.poll(() => ({ records, ends })).toEqual(read)
  })
})

describe('the reader ends with the reason, and reads nothing behind it', () => {
  test.each([
    ['an error that the target does not end with', eventOf('error', 'later'), 'later'],
    ['no batch', eventOf('batch', '{"records":{}}'), 'an event "batch" is no batch: its records are no list'],
    [
      'an event without an end',
      `data: ${'x'.repeat(MAX_BARREN_BYTES)}`,
      `the target sent more than ${MAX_BARREN_BYTES} bytes without a record`,
    ],
  ])('of %s', async (_what, wrong, why) => {
    const codes: (number | undefined)[] = []
    const { reader, records, ends } = await readerOf((stream) => {
      stream.on('close', () => codes.push(stream.rstCode))
      stream.respond()
      stream.write(batchOf(3, 'a'))
      stream.write(wrong)
      // In frames of their own, that have come before anybody can say that they are not wanted.
      for (let more = 0; more < 3; more++) stream.write(`\n\n${batchOf(5, 'behind it')}`)
    })
    await reader.open(3)
    await expect.poll(() => ends).toEqual([why])
    expect(records).toEqual([[3, 'a']])
    await expect.poll(() => codes).toEqual([constants.NGHTTP2_CANCEL])
  })
})

test('a stream that breaks off was cut, whatever the one before it ended with', async () => {
  let turn = 0
  const { reader, ends } = await readerOf((stream) => {
    stream.respond()
    if (turn++ === 0) stream.end(eventOf('error', 'later'))
    else stream.write('\n', () => stream.session?.destroy())
  })
  await reader.open(0)
  await expect.poll(() => ends).toEqual(['later'])
  await reader.open(0)
  await expect.poll(() => ends).toEqual(['later', 'the reader was cut'])
})

test('a stream whose connection the target ends says why', async () => {
  const { reader, ends } = await readerOf((stream) => {
    stream.respond()
    stream.write('\n', () => sendEnhanceYourCalm(stream.session))
  })
  await reader.open(0)
  await expect
    .poll(() => ends)
    .toEqual(['the target ended the connection: ENHANCE_YOUR_CALM, "too_many_pings"'])
})

test('a reader that was opened again is not closed by what comes late on the stream before', async () => {
  const streams: ServerHttp2Stream[] = []
  const { reader, records, ends } = await readerOf((stream) => {
    stream.respond({ ':status': streams.length === 0 ? 503 : 200 })
    streams.push(stream)
  })
  await expect(reader.open(0)).rejects.toThrow('a reader was answered with 503')
  await reader.open(0)
  const [before, now] = streams
  before?.write(eventOf('batch', 'Service Unavailable'))
  await expect.poll(() => streams.filter(({ closed }) => closed).length).toBe(1)
  now?.write(batchOf(0, 'a'))
  await expect.poll(() => records).toEqual([[0, 'a']])
  expect(ends).toEqual([])
})

test('whoever closes it is told nothing, and the target is', async () => {
  const codes: (number | undefined)[] = []
  const { reader, ends } = await readerOf((stream) => {
    stream.on('close', () => codes.push(stream.rstCode))
    stream.respond()
  })
  await reader.open(0)
  reader.close()
  await expect.poll(() => codes).toEqual([constants.NGHTTP2_CANCEL])
  // What `onEnd` is told of one that was to end is that there is no reason.
  expect(ends.filter((why) => why !== undefined)).toEqual([])
})
