import { realClock } from '../kit/clock.ts'
import { printable, toHex } from '../kit/show.ts'
import { curlCommand, hasCommand } from './curl.ts'
import type { Redactor } from './redact.ts'
import type { WireRequest } from './wire/wire.ts'

/** What a check said to the target and heard from it, as lines that a person can read and no secret stands in. */
export interface Transcript {
  readonly lines: readonly string[]
  /** The request in question as a command, where one can show it; where none is in question, the last. */
  readonly curl: string | undefined
}

/** Writes down the exchanges of one check. */
export interface Recorder {
  /** A request; returns its line, for `asked`. */
  request(request: WireRequest, hasUpload: boolean): string
  /** The request of this line waits for its answer, which may rightly take `seconds`, until the returned is called. */
  await(asked: string, seconds: number): () => void
  /** The line of a request whose answer is late, the longest-waiting first. */
  overdue(): string | undefined
  answer(status: number, headers: Readonly<Record<string, string>>, body: Uint8Array | undefined): void
  /** A piece of the body of this request, which stays open; a command sends them all at once. */
  sent(request: WireRequest, chunk: Uint8Array): void
  /** A piece of a session's body. */
  received(chunk: Uint8Array): void
  /** Frames, events and whatever else happens on the way. */
  note(line: string): void
  /** The line of the last request, as it was sent. */
  readonly lastAsked: string | undefined
  /** `asked`: the line of the request in question. */
  transcript(asked?: string): Transcript
}

/** A request as it began, and with what has been written into its body since. */
interface Kept {
  readonly request: WireRequest
  readonly whole: WireRequest
}

const lineOf = ({ method, origin, path }: WireRequest): string => `${method} ${origin}${path}`

/** Most checks pass and their lines are never read: a line is formatted, and its secrets removed, on request. */
type Line = (redactor: Redactor) => string

/** A piece of a session's body, not redacted: a secret may be split over several. `finish` cuts what is left of it. */
interface Piece {
  readonly text: string
  finish(clean: string): string
}

/** The request whose answer holds a token that is new. */
const ISSUES_TOKEN = /^POST [^?]*\/access-tokens(\?|$)/

const MAX_LINES_KEPT = 60
const MAX_REQUESTS_KEPT = 50
const MAX_BODY_CHARACTERS = 600
const MAX_BODY_BYTES = 96
const LONGEST_SECRET = 512
/** A check that ends while it sends one request after another has always one under way, on a busy machine for long. */
const LATE_SECONDS = 3
const EMPTY = new Uint8Array()

/** A recorder that keeps the first and the last lines. */
export function createRecorder(redactor: Redactor, now: () => number = realClock.now): Recorder {
  const head: (Line | Piece)[] = []
  const tail: (Line | Piece)[] = []
  let dropped = 0
  const requests = new Map<string, Kept>()
  const awaited = new Set<{ readonly asked: string; readonly due: number }>()
  let lastAsked: string | undefined

  const add = (line: Line | Piece): void => {
    if (head.length < MAX_LINES_KEPT) head.push(line)
    else tail.push(line)
    if (tail.length <= MAX_LINES_KEPT) return
    tail.shift()
    dropped += 1
  }
  const showHeaders = (sign: string, headers: Readonly<Record<string, string>>): void => {
    for (const [name, value] of Object.entries(headers))
      add(({ header }) => `${sign} ${name}: ${header(name, value)}`)
  }

  return {
    note: (line) => add(({ text }) => text(line)),
    request(request, hasUpload) {
      const line = lineOf(request)
      add(({ text }) => `> ${text(line)} HTTP/${request.http}`)
      for (const [name, value] of Object.entries(request.headers)) redactor.learnHeader(name, value)
      showHeaders('>', request.headers)
      if (request.body !== undefined) add(bodyLine('>', request.body))
      if (hasUpload || hasCommand(request)) keepLatest(requests, line, { request, whole: request })
      lastAsked = line
      return line
    },
    await(asked, seconds) {
      const waiting = { asked, due: now() + (seconds + LATE_SECONDS) * 1000 }
      awaited.add(waiting)
      return () => void awaited.delete(waiting)
    },
    overdue: () => [...awaited].find(({ due }) => due <= now())?.asked,
    answer(status, headers, body) {
      add(() => `< ${status}`)
      // Nothing is learnt from these: a target must not choose the words that are hidden.
      showHeaders('<', headers)
      if (body === undefined || body.length === 0) return
      // At once: a check may repeat the token before this line is put into words.
      if (ISSUES_TOKEN.test(lastAsked ?? '')) redactor.learnIssued(Buffer.from(body).toString())
      add(bodyLine('<', body))
    },
    sent(request, chunk) {
      const line = lineOf(request)
      const kept = requests.get(line)
      // Another session on the same stream may have begun since.
      if (kept?.request !== request) return
      const body = Buffer.concat([kept.whole.body ?? EMPTY, chunk])
      if (hasCommand({ ...request, body })) requests.set(line, { request, whole: { ...request, body } })
      else requests.delete(line)
    },
    received: (chunk) => add(pieceOf('<', chunk)),
    get lastAsked() {
      return lastAsked
    },
    transcript(asked) {
      const gap: Line[] = dropped === 0 ? [] : [() => `… ${dropped} lines left out …`]
      const kept = asked === undefined ? [...requests.values()].at(-1) : requests.get(asked)
      return {
        lines: inWords([...head, ...gap, ...tail], redactor),
        curl: kept === undefined ? undefined : curlCommand(kept.whole, redactor),
      }
    },
  }
}

function keepLatest(requests: Map<string, Kept>, line: string, kept: Kept): void {
  requests.delete(line)
  requests.set(line, kept)
  const [oldest] = requests.keys()
  if (requests.size > MAX_REQUESTS_KEPT && oldest !== undefined) requests.delete(oldest)
}

/** Pieces are redacted as one text, in their order, and after the lines, from which tokens are learnt. */
function inWords(lines: readonly (Line | Piece)[], redactor: Redactor): readonly string[] {
  const inPlace = lines.map((line) => (typeof line === 'function' ? line(redactor) : line))
  const pieces = inPlace.filter((line) => typeof line !== 'string')
  const clean = redactor.pieces(pieces.map(({ text }) => text)).values()
  return inPlace.map((line) => (typeof line === 'string' ? line : line.finish(clean.next().value ?? '')))
}

const bodyLine = (sign: string, body: Uint8Array): Line => {
  const piece = pieceOf(sign, body)
  return ({ text }) => piece.finish(text(piece.text))
}

/** Text, or hex of other bytes. Keeps no more of the body than it may show. */
function pieceOf(sign: string, body: Uint8Array): Piece {
  const { length } = body
  // A slice of a Buffer would keep all of it.
  const start = new Uint8Array(body.subarray(0, MAX_BODY_CHARACTERS + LONGEST_SECRET + 1))
  const text = printable(start, MAX_BODY_CHARACTERS + LONGEST_SECRET)
  if (text === undefined) {
    const hex = toHex(start.subarray(0, MAX_BODY_BYTES))
    const more = length <= MAX_BODY_BYTES ? '' : `… (${length} bytes)`
    return { text: hex, finish: (clean) => `${sign} 0x${clean}${more}` }
  }
  const isWhole = (clean: string): boolean => clean.length <= MAX_BODY_CHARACTERS && length <= start.length
  return {
    text,
    // Cut after it was redacted, so that no part of a secret is left at the end.
    finish: (clean) =>
      isWhole(clean)
        ? `${sign} ${clean}`
        : `${sign} ${clean.slice(0, MAX_BODY_CHARACTERS)}… (${length} bytes)`,
  }
}
