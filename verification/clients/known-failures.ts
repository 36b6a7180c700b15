import { readFileSync } from 'node:fs'

/** A failing test of a client that is explained and is not our server's fault. */
export interface KnownFailure {
  readonly client: string
  readonly test: string
  /** What the test's output must match: another failure of it is not forgiven. */
  readonly came: RegExp
  /** Which line asks for what, whose fault it is and why. */
  readonly reason: string
  /** A race that a run may miss: passing does not make the entry stale. */
  readonly sometimes: boolean
}

const FILE = new URL('known-failures.json', import.meta.url)

export const committedKnownFailures = (): readonly KnownFailure[] =>
  parseKnownFailures(readFileSync(FILE, 'utf8'))

/** Reads `{"entries": [{"client", "test", "came", "reason", "sometimes"?}]}`. Throws what is wrong with it. */
export function parseKnownFailures(text: string): readonly KnownFailure[] {
  const json: unknown = JSON.parse(text)
  if (!isObject(json) || !Array.isArray(json.entries))
    throw new Error('the known failures have no array "entries"')
  const entries = json.entries.map(parseEntry)
  const twice = entries.find(({ client, test }, index) =>
    entries.slice(0, index).some((other) => other.client === client && other.test === test),
  )
  if (twice !== undefined) throw new Error(`the known failures have ${twice.client}, ${twice.test} twice`)
  return entries
}

function parseEntry(entry: unknown, index: number): KnownFailure {
  const { client, test, came, reason, sometimes = false } = isObject(entry) ? entry : {}
  if (![client, test, came, reason].every(isText) || typeof sometimes !== 'boolean') {
    throw new Error(`known failure ${index + 1} needs the texts "client", "test", "came" and "reason"`)
  }
  return { client: `${client}`, test: `${test}`, came: new RegExp(`${came}`), reason: `${reason}`, sometimes }
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
