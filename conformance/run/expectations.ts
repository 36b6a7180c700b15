import { readdir, readFile } from 'node:fs/promises'
import { isObject } from '../../kit/is-object.ts'
import { systemReason } from '../../kit/message-of.ts'
import { PACKAGE_ROOT } from '../../kit/package.ts'
import { UsageError } from '../../kit/usage-error.ts'
import type { RequirementResult } from '../../reports/result.ts'

/** One divergence that is known, explained and forgiven. */
export interface Expectation {
  readonly id: string
  /** Why the target is as it is, and who is right. */
  readonly reason: string
  /** The version of the target in which it was seen. */
  readonly version: string
  /** A regular expression that the failure's reason matches: another failure of the row is not forgiven. */
  readonly came?: string
  /** The smallest exchange that shows it. */
  readonly transcript?: readonly string[]
  /** A race that a run may miss: passing does not make the entry stale. */
  readonly sometimes?: boolean
}

export interface Expectations {
  readonly entries: readonly Expectation[]
}

/** Reads a file `{"entries": [{"id", "reason", "version", "came"?, "transcript"?, "sometimes"?}]}`. Throws `UsageError`. */
export async function readExpectations(
  path: string | URL,
  knownIds: ReadonlySet<string>,
): Promise<Expectations> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    throw new UsageError(`the expectations file ${path} cannot be read: ${systemReason(error)}`)
  }
  return parseExpectations(text, String(path), knownIds)
}

export function parseExpectations(text: string, where: string, knownIds: ReadonlySet<string>): Expectations {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new UsageError(`the expectations file ${where} is not JSON`)
  }
  const entries = isObject(json) ? json.entries : undefined
  if (!Array.isArray(entries)) throw new UsageError(`the expectations file ${where} has no array "entries"`)
  const parsed = entries.map((entry, index) => parseEntry(entry, `${where}, entry ${index + 1}`, knownIds))
  const twice = parsed.find(({ id }, index) => parsed.findIndex((other) => other.id === id) !== index)
  if (twice !== undefined) throw new UsageError(`the expectations file ${where} has ${twice.id} twice`)
  return { entries: parsed }
}

/** The committed file for s2-lite; there is at most one, named for the version that it was made with. */
export async function committedExpectations(knownIds: ReadonlySet<string>): Promise<Expectations> {
  const folder = new URL('conformance/expectations/', PACKAGE_ROOT)
  const files = await readdir(folder)
  const file = files
    .filter((name) => /^s2-lite-.*\.json$/.test(name))
    .toSorted()
    .at(-1)
  return file === undefined ? { entries: [] } : await readExpectations(new URL(file, folder), knownIds)
}

/** Failures that were expected are counted apart; `stale` are the entries whose rows pass. */
export function applyExpectations(
  results: readonly RequirementResult[],
  { entries }: Expectations,
): { readonly results: readonly RequirementResult[]; readonly stale: readonly string[] } {
  const expected = new Map(entries.map((entry) => [entry.id, entry]))
  const steady = new Set(entries.filter(({ sometimes }) => sometimes !== true).map(({ id }) => id))
  const stale = results.filter(({ id, verdict }) => verdict === 'pass' && steady.has(id)).map(({ id }) => id)
  return {
    stale,
    results: results.map((result) => {
      const entry = expected.get(result.id)
      if (entry === undefined || !isForgiven(result, entry)) return result
      return { ...result, verdict: 'expected', expectation: `${entry.reason} (${entry.version})` }
    }),
  }
}

function isForgiven({ verdict, reason = '' }: RequirementResult, { came = '' }: Expectation): boolean {
  return (verdict === 'fail' || verdict === 'warn') && new RegExp(came).test(reason)
}

function parseEntry(entry: unknown, where: string, knownIds: ReadonlySet<string>): Expectation {
  if (!isObject(entry)) throw new UsageError(`${where} is not an object`)
  const { id, reason, version, came, transcript, sometimes } = entry
  if (!isText(id) || !isText(reason) || !isText(version)) {
    throw new UsageError(`${where} needs the texts "id", "reason" and "version"`)
  }
  if (!knownIds.has(id)) throw new UsageError(`${where}: there is no requirement ${id}`)
  if (sometimes !== undefined && sometimes !== true) {
    throw new UsageError(`${where}: "sometimes" must be true or absent`)
  }
  if (came !== undefined && !(isText(came) && isExpression(came))) {
    throw new UsageError(`${where}: "came" must be a regular expression for the reason of the failure`)
  }
  const known = {
    id,
    reason,
    version,
    ...(came !== undefined && { came }),
    ...(sometimes === true && { sometimes }),
  }
  if (transcript === undefined) return known
  if (!Array.isArray(transcript) || !transcript.every(isText)) {
    throw new UsageError(`${where}: "transcript" must be an array of lines`)
  }
  return { ...known, transcript }
}

function isExpression(source: string): boolean {
  try {
    new RegExp(source)
    return true
  } catch {
    return false
  }
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
