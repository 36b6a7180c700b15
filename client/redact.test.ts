import { describe, expect, test } from 'vitest'
import { createRedactor } from './redact.ts'
import { createRecorder } from './transcript.ts'
import type { WireRequest } from './wire/wire.ts'

const TOKEN = 'sk-live-0123456789'
const KEY = 'YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXoxMjM0NTY='

/** As a URL has it, every character escaped. */
const percentEncoded = (text: string): string =>
  [...text].map((each) => `%${each.charCodeAt(0).toString(16)}`).join('')

const request = (more: Partial<WireRequest> = {}): WireRequest => ({
  method: 'POST',
  origin: 'http://x',
  path: '/v1/access-tokens',
  headers: {},
  body: undefined,
  http: '1.1',
  ...more,
})

describe('a redactor', () => {
  test('hides what it was told, wherever it stands', () => {
    const redactor = createRedactor([TOKEN, undefined])
    expect(redactor.text(`GET /?t=${TOKEN}, again ${TOKEN}`)).toBe('GET /?t=<redacted>, again <redacted>')
  })
  test('hides secret headers by name, and what stood in them everywhere', () => {
    const redactor = createRedactor()
    redactor.learnHeader('Authorization', `Bearer ${TOKEN}`)
    redactor.learnHeader('s2-encryption-key', KEY)
    redactor.learnHeader('s2-basin', 'my-basin')
    expect(redactor.header('Authorization', `Bearer ${TOKEN}`)).toBe('<redacted>')
    expect(redactor.header('s2-encryption-key', KEY)).toBe('<redacted>')
    expect(redactor.header('s2-basin', 'my-basin')).toBe('my-basin')
    expect(redactor.text(`${TOKEN} ${KEY}`)).toBe('<redacted> <redacted>')
  })
  test('hides issued tokens and learns them', () => {
    const redactor = createRedactor()
    expect(redactor.text(`{"access_token" : "${TOKEN}"}`)).toBe('{"access_token" : "<redacted>"}')
    expect(redactor.text(`came ${TOKEN}`)).toBe('came <redacted>')
  })
  test('hides an issued token that was cut off', () => {
    expect(createRedactor().text(`{"access_token":"${TOKEN}`)).toBe('{"access_token":"<redacted>')
  })
  test('hides the whole of a secret that begins with another', () => {
    expect(createRedactor([TOKEN, `${TOKEN}-and-more`]).text(`came ${TOKEN}-and-more`)).toBe(
      'came <redacted>',
    )
  })
  test('hides a secret in another letter case, as the names of headers are', () => {
    const { text } = createRedactor(['Zq7Xv2Lm9Kp4Rt8Wn3'])
    for (const other of ['ZQ7XV2LM9KP4RT8WN3', 'zq7xv2lm9kp4rt8wn3'])
      for (const shown of [
        other,
        percentEncoded(other),
        Buffer.from(other).toString('hex'),
        Buffer.from(other).toString('base64'),
      ])
        expect(text(`x-${shown}`)).toBe('x-<redacted>')
  })
  test('hides a secret that is shorter than a run counts in another letter case', () => {
    expect(createRedactor(['aAaAaA']).text('a AAAAAA b')).toBe('a <redacted> b')
  })
  test.each([
    ['escapes of code points', (code: number) => `\\u{${code.toString(16)}}`],
    ['references without a semicolon', (code: number) => `&#${code}`],
    ['references padded with zeros', (code: number) => `&#000000${code};`],
  ])('hides a secret in %s', (_, form) => {
    const { text } = createRedactor([TOKEN])
    const shown = [...TOKEN].map((each) => form(each.charCodeAt(0))).join('')
    expect(text(`a ${shown} b`)).toBe('a <redacted> b')
  })
  const HEX = Buffer.from(TOKEN).toString('hex')
  const twice = (text: string, inner: BufferEncoding, outer: BufferEncoding): string =>
    Buffer.from(Buffer.from(text).toString(inner)).toString(outer)
  test.each([
    ['hex with colons', HEX.replace(/..(?=.)/g, '$&:')],
    ['hex with colons in upper case', HEX.toUpperCase().replace(/..(?=.)/g, '$&:')],
    ['hex with hyphens', HEX.replace(/..(?=.)/g, '$&-')],
    ['hex with spaces between pairs of bytes', HEX.replace(/....(?=.)/g, '$& ')],
    ['hex as a list of numbers', HEX.replace(/..(?=.)/g, '$&, 0x')],
    ['hex on lines', HEX.replace(/..(?=.)/g, '$&\n')],
    ['base64 twice', twice(TOKEN, 'base64', 'base64').replace(/=+$/, '')],
    ['base64url twice', twice(TOKEN, 'base64url', 'base64url')],
    ['percent escapes of every byte', percentEncoded(TOKEN)],
    ['JSON escapes of every character', percentEncoded(TOKEN).replaceAll('%', '\\u00')],
  ])('hides a secret in %s', (_, shown) => {
    expect(createRedactor([TOKEN]).text(`is ${shown}!`)).toMatch(/^is <redacted>.{0,2}!$/)
  })
  test.each([0, 1, 2, 3, 4, 5])('hides what base64 twice has of a secret behind %i bytes', (bytes) => {
    const shown = twice(`${'.'.repeat(bytes)}${TOKEN}..`, 'base64', 'base64')
    const hidden = createRedactor([TOKEN]).text(shown)
    // At each end stand the characters that depend on other bytes too.
    expect(hidden).toMatch(/^.{0,14}<redacted>.{0,10}$/)
  })
  test('leaves dates, addresses and numbers alone', () => {
    const text = '2024-01-02 03:04:05 06:07:08:09:0a:0b 10.20.30.40 11, 12, 13, 14, 15, 16'
    expect(createRedactor([TOKEN]).text(text)).toBe(text)
  })
  test('leaves text alone that a short secret would blank out', () => {
    expect(createRedactor(['a']).text('a tail')).toBe('a tail')
  })
})

describe('a transcript', () => {
  test('holds no secret: neither token, nor key, nor issued token', () => {
    const recorder = createRecorder(createRedactor([TOKEN]))
    const asked = recorder.request(
      request({
        path: `/v1/streams/${TOKEN}`,
        headers: { authorization: `Bearer ${TOKEN}`, 's2-encryption-key': KEY },
        body: Buffer.from(`{"access_token":"issued-before","id":"${TOKEN}"}`),
      }),
      false,
    )
    recorder.answer(201, { 'x-echo': KEY }, Buffer.from('{"access_token":"issued-now-1234"}'))
    recorder.received(Buffer.from(`data: ${TOKEN} issued-now-1234`))
    recorder.note(`a note about ${TOKEN}`)
    const { lines, curl } = recorder.transcript(asked)
    const text = [...lines, curl].join('\n')
    for (const secret of [TOKEN, KEY, 'issued-now-1234', 'issued-before']) expect(text).not.toContain(secret)
    expect(curl).toContain('"authorization: Bearer $S2_ACCESS_TOKEN"')
  })

  test('cuts a body without leaving half of a secret', () => {
    const recorder = createRecorder(createRedactor([TOKEN]))
    recorder.request(request({ body: Buffer.from(`${'x'.repeat(595)}${TOKEN}${'y'.repeat(900)}`) }), false)
    expect(recorder.transcript().lines.join()).not.toContain('sk-l')
    expect(recorder.transcript().lines.at(-1)).toMatch(/… \(1513 bytes\)$/)
  })

  test('shows bytes as hex', () => {
    const recorder = createRecorder(createRedactor())
    recorder.request(request({ body: Uint8Array.of(0, 0, 5, 0xff) }), false)
    expect(recorder.transcript().lines.at(-1)).toBe('> 0x000005ff')
  })

  test('keeps its beginning and its end', () => {
    const recorder = createRecorder(createRedactor())
    for (let index = 0; index < 1000; index += 1) recorder.note(`line ${index}`)
    const { lines } = recorder.transcript()
    expect(lines.slice(0, 2)).toEqual(['line 0', 'line 1'])
    expect(lines.at(-1)).toBe('line 999')
    expect(lines).toContain('… 880 lines left out …')
    expect(lines).toHaveLength(121)
  })
})

describe('the curl line of a session', () => {
  const session: WireRequest = {
    method: 'POST',
    origin: 'http://x',
    path: '/v1/streams/s/records',
    headers: {},
    body: undefined,
    http: '2',
  }
  const begin = () => {
    const recorder = createRecorder(createRedactor([]))
    return { recorder, asked: recorder.request(session, true) }
  }

  test('sends at once what was written into it, piece by piece', () => {
    const { recorder, asked } = begin()
    recorder.sent(session, Uint8Array.of(0, 255))
    recorder.sent(session, Uint8Array.of(1))
    expect(recorder.transcript(asked).curl).toMatch(/^echo AP8B \| base64 -d \| curl .*--data-binary @-/)
  })
  test('is that of the latest on a stream, and takes nothing of another one', () => {
    const { recorder, asked } = begin()
    const second = { ...session }
    recorder.request(second, true)
    recorder.sent(session, Uint8Array.of(9))
    recorder.sent(second, Uint8Array.of(0, 255))
    expect(recorder.transcript(asked).curl).toMatch(/^echo AP8= /)
  })
  test('is none where too much was written, and never that of another request', () => {
    const { recorder, asked } = begin()
    recorder.request({ ...session, method: 'GET', path: '/v1/basins' }, false)
    for (let piece = 0; piece < 3; piece++) recorder.sent(session, new Uint8Array(2000))
    expect(recorder.transcript(asked).curl).toBeUndefined()
  })
})

describe('the curl line', () => {
  const curlOf = (more: Partial<WireRequest>): string | undefined => {
    const recorder = createRecorder(createRedactor())
    recorder.request(request(more), false)
    return recorder.transcript().curl
  }
  test('is that of the request in question', () => {
    const recorder = createRecorder(createRedactor())
    const asked = recorder.request(request({ method: 'GET', path: '/first' }), false)
    recorder.request(request({ method: 'GET', path: '/second' }), false)
    recorder.request(request({ method: 'POST', path: '/session' }), true)
    expect(recorder.transcript(asked).curl).toContain('/first')
    expect(recorder.transcript().curl).toContain('/session')
  })
  test('quotes for the shell and keeps the path as it is', () => {
    expect(curlOf({ method: 'GET', path: "/v1/streams/it's/../%2E", headers: { 's2-format': '' } })).toBe(
      "curl -sSiNg --path-as-is -H 's2-format;' 'http://x/v1/streams/it'\\''s/../%2E'",
    )
  })
  test('pipes a body that is no text', () => {
    expect(curlOf({ body: Uint8Array.of(0, 255) })).toBe(
      "echo AP8= | base64 -d | curl -sSiNg --path-as-is -X 'POST' --data-binary @- 'http://x/v1/access-tokens'",
    )
  })
  test('asks for HTTP/2 as the request did', () => {
    expect(curlOf({ http: '2' })).toContain('--http2-prior-knowledge')
    expect(curlOf({ http: '2', origin: 'https://x' })).toContain('--http2 ')
  })
  test('is left out for a body too long to show', () => {
    expect(curlOf({ body: new Uint8Array(5000) })).toBeUndefined()
  })
})
