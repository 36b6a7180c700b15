import { printable, toHex } from '../show.ts'
import { curlCommand } from './curl.ts'
import type { Redactor } from './redact.ts'
import type { WireRequest } from './wire/wire.ts'

/** What a check said to the target and heard from it, as lines that a person can read and no secret stands in. */
export interface Transcript {
  readonly lines: readonly string[]
  /** A request as a command, where one can show it: the one in question, or else the last. */
  readonly curl: string | undefined
}

/** Writes down the exchanges of one check. */
export interface Recorder {
  /** A request; returns its line, for `asked`. One whose body stays open has no command that shows it. */
  request(request: WireRequest, hasUpload: boolean): string
  answer(status: number, headers: Readonly<Record<string, string>>, body: Uint8Array | undefined): void
  /** A piece of a session's body. */
  received(chunk: Uint8Array): void
  /** Frames, events and whatever else happens on the way. */
  note(line: string): void
  readonly lastAsked: string | undefined
  /** `asked`: the line of the request in question. */
  transcript(asked?: string): Transcript
}

const MAX_LINES_KEPT = 60
const MAX_BODY_CHARACTERS = 600
const MAX_BODY_BYTES = 96
const LONGEST_SECRET = 512

/** A recorder that keeps the first and the last lines. */
export function createRecorder(redactor: Redactor): Recorder {
  const head: string[] = []
  const tail: string[] = []
  let dropped = 0
  const requests = new Map<string, WireRequest>()
  let lastAsked: string | undefined

  const note = (line: string): void => {
    const clean = redactor.text(line)
    if (head.length < MAX_LINES_KEPT) head.push(clean)
    else tail.push(clean)
    if (tail.length > MAX_LINES_KEPT) {
      tail.shift()
      dropped += 1
    }
  }
  const noteHeaders = (sign: string, headers: Readonly<Record<string, string>>): void => {
    for (const [name, value] of Object.entries(headers))
      note(`${sign} ${name}: ${redactor.header(name, value)}`)
  }

  return {
    note,
    request(request, hasUpload) {
      const line = redactor.text(`${request.method} ${request.origin}${request.path}`)
      note(`> ${line} HTTP/${request.http}`)
      noteHeaders('>', request.headers)
      if (request.body !== undefined) note(`> ${showBody(request.body, redactor)}`)
      if (!hasUpload) keepLatest(requests, line, request)
      lastAsked = line
      return line
    },
    answer(status, headers, body) {
      note(`< ${status}`)
      noteHeaders('<', headers)
      if (body !== undefined && body.length > 0) note(`< ${showBody(body, redactor)}`)
    },
    received: (chunk) => note(`< ${showBody(chunk, redactor)}`),
    get lastAsked() {
      return lastAsked
    },
    transcript: (asked) => ({
      lines: dropped === 0 ? [...head, ...tail] : [...head, `… ${dropped} lines left out …`, ...tail],
      curl: curlOf(requests.get(asked ?? '') ?? [...requests.values()].at(-1), redactor),
    }),
  }
}

const MAX_REQUESTS_KEPT = 50

function keepLatest(requests: Map<string, WireRequest>, line: string, request: WireRequest): void {
  requests.delete(line)
  requests.set(line, request)
  const [oldest] = requests.keys()
  if (requests.size > MAX_REQUESTS_KEPT && oldest !== undefined) requests.delete(oldest)
}

const curlOf = (request: WireRequest | undefined, redactor: Redactor): string | undefined =>
  request === undefined ? undefined : curlCommand(request, redactor)

/** Text without its secrets, other bytes as hex; both cut. */
export function showBody(body: Uint8Array, redactor: Redactor): string {
  const text = printable(body, MAX_BODY_CHARACTERS + LONGEST_SECRET)
  if (text === undefined) {
    const hex = toHex(body.subarray(0, MAX_BODY_BYTES))
    return body.length <= MAX_BODY_BYTES ? `0x${hex}` : `0x${hex}… (${body.length} bytes)`
  }
  // Redacted before it is cut, so that no half of a secret is left at the end.
  const clean = redactor.text(text)
  return clean.length <= MAX_BODY_CHARACTERS
    ? clean
    : `${clean.slice(0, MAX_BODY_CHARACTERS)}… (${body.length} bytes)`
}
