import { type Chance, damaged } from './chance.ts'
import type { WildRequest } from './requests.ts'

/** The request as HTTP/1.1 has it; its body with a length, or in chunks, of which some have extensions. */
export function encodeHttp1(request: WildRequest, chance: Chance): Uint8Array {
  const { method, target, headers, body } = request
  const chunked = chance.is(0.4)
  const framing = chunked ? 'transfer-encoding: chunked' : `content-length: ${body.length}`
  const lines = [
    `${method} ${target} HTTP/1.1`,
    `host: ${chance.is(0.95) ? 'localhost' : chance.pick(['127.0.0.1', '[::1]:80', 'evil.example', 'a-basin.b.localhost'])}`,
    ...headers.map(
      ([name, value]) =>
        `${chance.is(0.1) ? name.toUpperCase() : name}:${chance.pick([' ', '', '\t', '  '])}${value}`,
    ),
    framing,
  ]
  return Buffer.concat([
    Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'),
    chunked ? inChunks(body, chance) : body,
  ])
}

function inChunks(body: Uint8Array, chance: Chance): Uint8Array {
  const parts: Uint8Array[] = []
  for (let at = 0; at < body.length; ) {
    const part = body.subarray(at, at + 1 + chance.int(64))
    const extension = chance.is(0.1) ? chance.pick([';a', ';a=b', ';a="b c"']) : ''
    const size = part.length.toString(16)
    parts.push(
      Buffer.from(`${chance.is(0.1) ? size.toUpperCase() : size}${extension}\r\n`),
      part,
      Buffer.from('\r\n'),
    )
    at += part.length
  }
  return Buffer.concat([...parts, Buffer.from(`0\r\n${chance.is(0.1) ? 'x-trailer: y\r\n' : ''}\r\n`)])
}

/** Something that HTTP/1.1 may not allow: damaged anywhere, framed in two ways, or no request at all. */
export function damagedHttp1(requests: readonly WildRequest[], chance: Chance): Uint8Array {
  const whole = Buffer.concat(requests.map((request) => encodeHttp1(request, chance)))
  switch (chance.int(6)) {
    case 0:
      return chance.bytes(chance.int(300))
    case 1: {
      const line = chance.pick(WRONG_LINES)
      const end = whole.indexOf('\r\n')
      return Buffer.concat([
        whole.subarray(0, end + 2),
        Buffer.from(`${line}\r\n`, 'latin1'),
        whole.subarray(end + 2),
      ])
    }
    default:
      return damaged(whole, chance)
  }
}

const WRONG_LINES = [
  'content-length: 5', 'content-length: -1', 'content-length: 1, 1', 'content-length: 99999999999999999999', 'content-length: 0x5',
  'transfer-encoding: chunked', 'transfer-encoding: gzip', 'transfer-encoding: chunked, chunked', 'transfer-encoding: xchunked',
  'transfer-encoding : chunked', 'host: localhost', 'host: a b', ' folded', '\tfolded', ': empty', 'no colon', 'x: \0', 'x: \x7f',
  'x\0: y', 'é: ü', 'connection: close', 'connection: upgrade', 'upgrade: h2c', 'expect: a miracle', 'http2-settings: AAAA',
] // biome-ignore format: a list

export interface Answer {
  readonly status: number
  readonly body: Buffer
}

/**
 * The whole answers at the beginning of what came, to requests of these methods, and what is left. Throws where it is no
 * HTTP/1.1.
 */
export function answersIn(
  received: Buffer,
  methods: readonly string[],
): { readonly answers: readonly Answer[]; readonly rest: Buffer } {
  const answers: Answer[] = []
  let rest = received
  while (rest.length > 0) {
    const end = rest.indexOf('\r\n\r\n')
    if (end === -1) break
    const head = rest.subarray(0, end).toString('latin1')
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1])
    if (!(status >= 100)) throw new Error(`no answer of HTTP/1.1: ${JSON.stringify(head.slice(0, 200))}`)
    rest = rest.subarray(end + 4)
    if (status < 200) continue
    const bodiless = methods[answers.length] === 'HEAD' || status === 204 || status === 304
    const read = bodiless ? { body: Buffer.alloc(0), rest } : bodyIn(rest, head)
    if (read === undefined) break
    answers.push({ status, body: read.body })
    rest = read.rest
  }
  return { answers, rest }
}

/** Undefined where it has not all come. */
function bodyIn(bytes: Buffer, head: string): { readonly body: Buffer; readonly rest: Buffer } | undefined {
  if (/^transfer-encoding: chunked$/im.test(head)) return chunksIn(bytes)
  const length = Number(/^content-length: (\d+)$/im.exec(head)?.[1])
  if (Number.isNaN(length))
    throw new Error(`an answer without a length: ${JSON.stringify(head.slice(0, 300))}`)
  return bytes.length < length ? undefined : { body: bytes.subarray(0, length), rest: bytes.subarray(length) }
}

function chunksIn(bytes: Buffer): ReturnType<typeof bodyIn> {
  const parts: Buffer[] = []
  for (let at = 0; ; ) {
    const end = bytes.indexOf('\r\n', at)
    if (end === -1) return undefined
    const size = Number.parseInt(bytes.subarray(at, end).toString('latin1'), 16)
    if (Number.isNaN(size)) throw new Error('an answer with a chunk that has no size')
    if (bytes.length < end + 2 + size + 2) return undefined
    parts.push(bytes.subarray(end + 2, end + 2 + size))
    at = end + 2 + size + 2
    if (size === 0) return { body: Buffer.concat(parts), rest: bytes.subarray(at) }
  }
}
