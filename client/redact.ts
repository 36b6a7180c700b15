import { createSecretRuns } from './secret-runs.ts'

/** Takes secrets out of text that is about to be kept or shown: transcripts, curl lines, reasons, reports. */
export interface Redactor {
  /** Hides this value from now on, wherever it stands, whole or in pieces, plain or encoded. */
  readonly learn: (secret: string) => void
  /** Learns the value of a header that holds a secret. */
  readonly learnHeader: (name: string, value: string) => void
  /** Learns the token in the body of an answer that issues one. */
  readonly learnIssued: (body: string) => void
  readonly text: (text: string) => string
  /** As `text`, of pieces that follow each other: what is split over them is hidden too. */
  readonly pieces: (texts: readonly string[]) => readonly string[]
  readonly header: (name: string, value: string) => string
}

const HIDDEN = '<redacted>'
const SECRET_HEADERS: ReadonlySet<string> = new Set([
  'authorization',
  's2-encryption-key',
  'proxy-authorization',
])
const ISSUED_TOKEN = /("access_token"\s*:\s*")((?:[^"\\]|\\.)*)("|$)/g
/** Shorter secrets would blank out ordinary text. */
const MIN_SECRET_LENGTH = 6
/** Characters of a secret in a row that are hidden: five may be left of it at a cut. */
const RUN = 6
/** The same of what a check has made up, such as `not a token`: it is no secret, and ordinary words may stand in it. */
const LONG_RUN = 12
const KEY_BYTES = 32

/** A redactor that knows these secrets; the tokens in bodies that issue one are learnt as they pass. */
export function createRedactor(secrets: readonly (string | undefined)[] = []): Redactor {
  const known = new Set<string>()
  const seen = new Set<string>()
  const own = createSecretRuns(RUN)
  const madeUp = createSecretRuns(LONG_RUN)
  const learn = (secret: string): void => {
    if (secret.length < MIN_SECRET_LENGTH || known.has(secret)) return
    known.add(secret)
    own.add(secret)
  }
  const learnKey = (key: string): void => {
    const bytes = Buffer.from(key, 'base64')
    if (bytes.length === KEY_BYTES) {
      learn(key)
      own.addBytes(bytes)
    } else learnMadeUp(key)
  }
  const learnMadeUp = (secret: string): void => {
    if (secret.length < MIN_SECRET_LENGTH || known.has(secret) || seen.has(secret)) return
    seen.add(secret)
    madeUp.add(secret)
  }
  for (const secret of secrets) if (secret !== undefined) learn(secret)

  const hide = (given: string): Uint8Array => {
    const marks = new Uint8Array(given.length)
    for (const { index, 1: before = '', 2: token = '' } of given.matchAll(ISSUED_TOKEN)) {
      const begin = index + before.length
      marks.fill(1, begin, begin + token.length)
      // Two words are no token, and what a server says there must not blank out sentences.
      if (!/\s/.test(token)) learn(unquoted(token))
    }
    own.mark(given, marks)
    madeUp.mark(given, marks)
    return marks
  }
  const text = (given: string): string => shown(given, hide(given), 0, given.length)
  return {
    learn,
    text,
    pieces(texts) {
      const whole = texts.join('')
      const marks = hide(whole)
      let from = 0
      return texts.map((piece) => {
        from += piece.length
        return shown(whole, marks, from - piece.length, from)
      })
    },
    learnIssued: (body) => void hide(body),
    learnHeader(name, value) {
      if (!isSecret(name)) return
      if (name.toLowerCase() === 's2-encryption-key') learnKey(value)
      else learnMadeUp(value.replace(/^Bearer /i, ''))
    },
    header: (name, value) => (isSecret(name) ? HIDDEN : text(value)),
  }
}

/** From `from` to `to`, with one word for all that is marked in a row. */
function shown(text: string, marks: Uint8Array, from: number, to: number): string {
  let clean = ''
  for (let at = from; at < to; ) {
    const isHidden = marks[at] === 1
    const next = marks.indexOf(isHidden ? 0 : 1, at)
    const end = next < 0 || next > to ? to : next
    clean += isHidden ? HIDDEN : text.slice(at, end)
    at = end
  }
  return clean
}

/** As JSON has it. */
function unquoted(token: string): string {
  try {
    const value: unknown = JSON.parse(`"${token}"`)
    return typeof value === 'string' ? value : token
  } catch {
    return token
  }
}

const isSecret = (name: string): boolean => SECRET_HEADERS.has(name.toLowerCase())
