import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { encodeTerminal } from '../../proto/frames.ts'

/** Terminal commands, C1 and bidirectional controls, line separators, and lines that a CI log obeys. */
export const HOSTILE_TEXT: string =
  '\u001b]0;PWNED\u0007\u009b31m\u0000\r\u202e\u2066\u200f\u061c\u2028\u2029\n::error::owned\n##[add-mask]x\n<img src=x onerror=1>'

/** Characters that no output but JSON, where they are escaped, may hold. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones it is about
export const FORBIDDEN: RegExp = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\p{Bidi_Control}]/u

/** A line that GitHub, Azure or TeamCity takes for a command. */
export const COMMAND_LINE: RegExp = /^\s*::|##\[|##vso\[|##teamcity\[/m

export interface HostileServer {
  readonly origin: string
  readonly answers: () => number
  close(): Promise<void>
}

/**
 * Stands before the S2 server at `upstream` and replaces answers by hostile ones, which repeat the token of the request in
 * many forms and cut at every length. `isSpared` names the requests whose answers pass.
 */
export async function startHostileServer(
  upstream: string,
  isSpared: (request: http.IncomingMessage, count: number) => boolean,
): Promise<HostileServer> {
  let count = 0
  const server = http.createServer((request, response) => {
    count += 1
    if (isSpared(request, count)) relay(upstream, request, response)
    else {
      request.resume()
      const token = (request.headers.authorization ?? 'Bearer none').replace('Bearer ', '')
      const body = bodyOf(count, token)
      const type = TYPES[count % TYPES.length] ?? ''
      const status = [500, 400, 412, 200, 409, 403][count % 6] ?? 500
      response.writeHead(status, { 'content-type': type, server: `evil\u009b31m ${token}`, 'x-echo': token })
      response.end(body)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    answers: () => count,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

const TYPES = ['application/json', 'text/event-stream', 'text/plain', 's2s/proto', 'application/protobuf']

/** How a server may repeat a secret without malice, and with it. */
export const formsOf = (token: string): readonly string[] => [
  token,
  [...token].map((each) => `%${each.charCodeAt(0).toString(16)}`).join(''),
  [...token].map((each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`).join(''),
  [...token].map((each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  [...token].map((each) => `&#${each.charCodeAt(0)};`).join(''),
  [...token].map((each) => `&#x${each.charCodeAt(0).toString(16)};`).join(''),
  Buffer.from(token).toString('hex'),
  Buffer.from(token).toString('hex').toUpperCase(),
  ...['', 'a', 'ab'].map((before) => Buffer.from(before + token).toString('base64')),
  ...['', 'a', 'ab'].map((before) => Buffer.from(before + token).toString('base64url')),
]

function bodyOf(count: number, token: string): string | Uint8Array {
  const forms = formsOf(token)
  const form = forms[count % forms.length] ?? token
  const pad = 'y'.repeat((count * 7) % 300)
  const half = form.slice(0, count % form.length)
  switch (count % 7) {
    case 0:
      return JSON.stringify({ code: HOSTILE_TEXT, message: `${pad}${form}${HOSTILE_TEXT}` })
    case 1:
      return JSON.stringify({ code: token, message: HOSTILE_TEXT + form })
    case 2:
      return JSON.stringify({
        [`${HOSTILE_TEXT}${form}`]: form,
        [`${pad}${token}`]: { [HOSTILE_TEXT]: [half, token] },
      })
    case 3:
      return `${pad}${form}${HOSTILE_TEXT}`
    case 4:
      return `event: ${HOSTILE_TEXT}\ndata: ${form}\n\n: ${token}\nevent: error\ndata: ${JSON.stringify({ code: HOSTILE_TEXT, message: form })}\n\n`
    case 5:
      return encodeTerminal(400, JSON.stringify({ code: HOSTILE_TEXT, message: form }))
    default:
      return JSON.stringify({ code: `${half}`, message: token.slice(0, count % token.length) + HOSTILE_TEXT })
  }
}

function relay(upstream: string, request: http.IncomingMessage, response: http.ServerResponse): void {
  const { method, url, headers } = request
  const onward = http.request(`${upstream}${url}`, { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, { ...answer.headers, server: 'evil\u009b31m' })
    answer.pipe(response)
  })
  onward.on('error', () => response.destroy())
  response.on('close', () => onward.destroy())
  request.pipe(onward)
}

/** Longest run of characters of a secret that may be left in an output. */
const MOST_LEFT = 5

/** Runs of a secret, plain or encoded, that a text still holds. */
export function fragmentsIn(text: string, secret: string): readonly string[] {
  const found = new Set<string>()
  const width = MOST_LEFT + 1
  for (let start = 0; start + width <= secret.length; start++) {
    const run = secret.slice(start, start + width)
    const hex = Buffer.from(run).toString('hex')
    const escaped = formsOf(run).slice(1, 6)
    for (const form of [run, hex, hex.toUpperCase(), ...escaped]) if (text.includes(form)) found.add(form)
  }
  for (const before of ['', 'a', 'ab']) {
    const whole = Buffer.from(before + secret)
      .toString('base64')
      .slice(before.length + 1, -4)
    for (const form of [whole, whole.replaceAll('+', '-').replaceAll('/', '_')])
      for (let start = 0; start + 9 <= form.length; start++)
        if (text.includes(form.slice(start, start + 9))) found.add(form.slice(start, start + 9))
  }
  return [...found]
}
