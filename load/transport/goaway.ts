import type { ClientHttp2Session } from 'node:http2'
import { HTTP2_ERRORS } from '../../proto/http2-errors.ts'
import { TransportError } from './transport-error.ts'

const MOST_CHARACTERS = 80
/** More of it is not looked at, however long it is. */
const MOST_BYTES = 4 * (MOST_CHARACTERS + 1)

/**
 * Why the target ends a connection, as its GOAWAY says: `COMPRESSION_ERROR, "bad index #"`. Undefined where it says no more
 * than goodbye.
 */
export function goodbyeWords(code: number, debug: Buffer): string | undefined {
  const text = debugText(debug)
  if (code === 0 && text === '') return undefined
  const name = HTTP2_ERRORS[code] ?? `code ${code}`
  return text === '' ? name : `${name}, "${text}"`
}

/** Endings are counted by their words: what has a digit, as numbers, addresses and identifiers have, would make each a kind of its own. */
function debugText(debug: Buffer): string {
  const text = debug
    .subarray(0, MOST_BYTES)
    .toString()
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replaceAll(/[\w-]*\d[\w-]*/g, '#')
    .replaceAll('"', "'")
    .trim()
  const characters = [...text]
  return characters.length > MOST_CHARACTERS ? `${characters.slice(0, MOST_CHARACTERS).join('')}…` : text
}

export const connectionRefused = (words: string): TransportError =>
  new TransportError('sent-away', `the target ended the connection: ${words}`)

/** Of what the target had not begun with when it went away, with words about it or without. */
export function neverBegun(words: string | undefined): TransportError {
  const what = 'the target went away before it began with it'
  return words === undefined
    ? new TransportError('cut', what)
    : new TransportError('sent-away', `${what}: ${words}`)
}

const heard = new WeakMap<ClientHttp2Session, TransportError>()

/** Most GOAWAY frames of a session: a graceful end takes two, and node:http2 takes any number of them. */
const MAX_GOAWAY = 100

/** Keeps what the target says when it ends a session; node:http2 itself tells its streams no more than a number. */
export function hearGoodbye(session: ClientHttp2Session): void {
  let count = 0
  session.on('goaway', (code: number, _last: number, debug?: Buffer) => {
    count += 1
    if (count > MAX_GOAWAY)
      session.destroy(
        new TransportError('malformed', `the target sent more than ${MAX_GOAWAY} GOAWAY frames`),
      )
    const words = goodbyeWords(code, debug ?? Buffer.alloc(0))
    if (words !== undefined) heard.set(session, connectionRefused(words))
  })
}

export const goodbyeOf = (session: ClientHttp2Session): TransportError | undefined => heard.get(session)
