import file from './honoured.json' with { type: 'json' }

/** How it can be seen that the reference server honours a row, or why it does not. */
export type Honoured = { readonly tests: readonly ServerTest[] } | { readonly not: string }

/** A test of the server: its file from the root of the repository, and its title as it is written there. */
export interface ServerTest {
  readonly file: string
  readonly title: string
}

/**
 * Of every row that no published run shows to be honoured by the reference server: tests of the server's own, or a reason. The JSON file
 * beside it is the source; it is checked when this module is loaded.
 */
export const honoured: ReadonlyMap<string, Honoured> = parseHonoured(file)

/** Throws an Error that names the row and what is wrong with its entry. */
export function parseHonoured(value: unknown): ReadonlyMap<string, Honoured> {
  if (!isFields(value)) throw new Error('honoured: not an object')
  return new Map(Object.entries(value).map(([id, entry]) => [id, parseEntry(id, entry)]))
}

function parseEntry(id: string, entry: unknown): Honoured {
  if (isFields(entry) && typeof entry.not === 'string' && Object.keys(entry).length === 1) {
    return { not: entry.not }
  }
  if (isFields(entry) && Array.isArray(entry.tests) && entry.tests.length > 0) {
    return { tests: entry.tests.map((test) => parseTest(id, test)) }
  }
  throw new Error(`honoured ${id}: must be {"tests": ["FILE › TITLE", ...]} or {"not": "why"}`)
}

function parseTest(id: string, test: unknown): ServerTest {
  const [file, title, ...more] = typeof test === 'string' ? test.split(' › ') : []
  if (file && title && more.length === 0) return { file, title }
  throw new Error(`honoured ${id}: a test is "FILE › TITLE", not ${JSON.stringify(test)}`)
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
