/** Takes secrets out of text that is about to be kept: transcripts, curl lines, reasons. */
export interface Redactor {
  /** Never shows this value again, wherever it stands. */
  readonly learn: (secret: string) => void
  /** Learns the value of a header that holds a secret. */
  readonly learnHeader: (name: string, value: string) => void
  readonly text: (text: string) => string
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

/** A redactor that knows these secrets; the tokens in bodies that issue one are learnt as they pass. */
export function createRedactor(secrets: readonly (string | undefined)[] = []): Redactor {
  const known = new Set<string>()
  let ordered: readonly string[] | undefined
  const longestFirst = (): readonly string[] =>
    (ordered ??= [...known].toSorted((one, other) => other.length - one.length))
  const learn = (secret: string): void => {
    if (secret.length < MIN_SECRET_LENGTH || known.has(secret)) return
    known.add(secret)
    ordered = undefined
  }
  for (const secret of secrets) if (secret !== undefined) learn(secret)

  const text = (given: string): string => {
    let clean = given.replace(ISSUED_TOKEN, (_, before: string, token: string, after: string) => {
      learn(token)
      return `${before}${HIDDEN}${after}`
    })
    // One may begin with another: what is left of the longer one must not be seen.
    for (const secret of longestFirst()) clean = clean.replaceAll(secret, HIDDEN)
    return clean
  }
  return {
    learn,
    text,
    learnHeader(name, value) {
      if (isSecret(name)) learn(value.replace(/^Bearer /i, ''))
    },
    header: (name, value) => (isSecret(name) ? HIDDEN : text(value)),
  }
}

const isSecret = (name: string): boolean => SECRET_HEADERS.has(name.toLowerCase())
