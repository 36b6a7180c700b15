import { realClock } from '../clock.ts'
import { printable, toHex } from '../show.ts'
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

/** Most checks pass, and nobody reads how: a line is put into words, and rid of secrets, when it is asked for. */
type Line = (redactor: Redactor) => string

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
  const head: Line[] = []
  const tail: Line[] = []
  let dropped = 0
  const requests = new Map<string, Kept>()
  const awaited = new Set<{ readonly asked: string; readonly due: number }>()
  let lastAsked: string | undefined

  const add = (line: Line): void => {
    if (head.length < MAX_LINES_KEPT) head.push(line)
    else tail.push(line)
    if (tail.length <= MAX_LINES_KEPT) return
    tail.shift()
    dropped += 1
  }
  const addHeaders = (sign: string, headers: Readonly<Record<string, string>>): void => {
    for (const [name, value] of Object.entries(headers)) {
      redactor.learnHeader(name, value)
      add(({ header }) => `${sign} ${name}: ${header(name, value)}`)
    }
  }

  return {
    note: (line) => add(({ text }) => text(line)),
    request(request, hasUpload) {
      const line = lineOf(request)
      add(({ text }) => `> ${text(line)} HTTP/${request.http}`)
      addHeaders('>', request.headers)
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
      addHeaders('<', headers)
      if (body === undefined || body.length === 0) return
      // At once: whoever is told of a token may tell of it before anybody reads this line.
      if (ISSUES_TOKEN.test(lastAsked ?? '')) redactor.text(Buffer.from(body).toString())
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
    received: (chunk) => add(bodyLine('<', chunk)),
    get lastAsked() {
      return lastAsked
    },
    transcript(asked) {
      const gap: Line[] = dropped === 0 ? [] : [() => `… ${dropped} lines left out …`]
      const kept = asked === undefined ? [...requests.values()].at(-1) : requests.get(asked)
      return {
        lines: [...head, ...gap, ...tail].map((line) => line(redactor)),
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

/** Text without its secrets, other bytes as hex; both cut. Keeps no more of the body than it may show. */
function bodyLine(sign: string, body: Uint8Array): Line {
  const { length } = body
  // A slice of a Buffer would keep all of it.
  const start = new Uint8Array(body.subarray(0, MAX_BODY_CHARACTERS + LONGEST_SECRET + 1))
  return (redactor) => {
    const text = printable(start, MAX_BODY_CHARACTERS + LONGEST_SECRET)
    if (text === undefined) {
      const hex = toHex(start.subarray(0, MAX_BODY_BYTES))
      return length <= MAX_BODY_BYTES ? `${sign} 0x${hex}` : `${sign} 0x${hex}… (${length} bytes)`
    }
    // Redacted before it is cut, so that no half of a secret is left at the end.
    const clean = redactor.text(text)
    if (clean.length <= MAX_BODY_CHARACTERS && length <= start.length) return `${sign} ${clean}`
    return `${sign} ${clean.slice(0, MAX_BODY_CHARACTERS)}… (${length} bytes)`
  }
}
