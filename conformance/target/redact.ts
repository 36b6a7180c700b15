/** Takes secrets out of text that is about to be kept: transcripts, curl lines, reasons. */
export interface Redactor {
  /** Never shows this value again, wherever it stands. */
  learn(secret: string): void
  text(text: string): string
  header(name: string, value: string): string
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
  const learn = (secret: string): void => {
    if (secret.length >= MIN_SECRET_LENGTH) known.add(secret)
  }
  for (const secret of secrets) if (secret !== undefined) learn(secret)

  return {
    learn,
    text(text) {
      let clean = text.replace(ISSUED_TOKEN, (_, before: string, token: string, after: string) => {
        learn(token)
        return `${before}${HIDDEN}${after}`
      })
      for (const secret of known) clean = clean.replaceAll(secret, HIDDEN)
      return clean
    },
    header(name, value) {
      if (!SECRET_HEADERS.has(name.toLowerCase())) return this.text(value)
      learn(value.replace(/^Bearer /i, ''))
      return HIDDEN
    },
  }
}
