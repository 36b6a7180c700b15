import { readdir, readFile } from 'node:fs/promises'
import * as v from 'valibot'
import { systemReason } from '../../kit/message-of.ts'
import { PACKAGE_ROOT } from '../../kit/package.ts'
import { UsageError } from '../../kit/usage-error.ts'
import type { RequirementResult } from '../../reports/result.ts'
import { complaint, fields, listOf, nonEmptyText, onlyTrue, type Shape } from '../../reports/shape.ts'

const isExpression = (source: string): boolean => {
  try {
    new RegExp(source)
    return true
  } catch {
    return false
  }
}

const expression = v.pipe(nonEmptyText, v.check(isExpression, 'is not a regular expression'))

/** One known divergence of a target, and why it is forgiven. */
const expectation = fields({
  id: v.pipe(nonEmptyText, v.description('The requirement that the target breaks.')),
  reason: v.pipe(
    nonEmptyText,
    v.description('Why the target behaves so, and whether the row or the target is right.'),
  ),
  version: v.pipe(
    nonEmptyText,
    v.description('The version of the target in which the divergence was observed.'),
  ),
  matches: v.optional(
    v.pipe(
      expression,
      v.description(
        'A regular expression for the reason of the failure. Another failure of the row is not forgiven.',
      ),
    ),
  ),
  transcript: v.optional(
    v.pipe(
      listOf(nonEmptyText),
      v.description('The smallest exchange that shows the divergence, line by line.'),
    ),
  ),
  sometimes: v.optional(
    v.pipe(
      onlyTrue,
      v.description('The failure depends on a race. The entry is not stale if the row passes.'),
    ),
  ),
})

export const expectationsFile = fields({ entries: listOf(expectation) })

export type Expectation = Shape<typeof expectation>
export type Expectations = Shape<typeof expectationsFile>

/** Reads an expectations file. Throws `UsageError`. */
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

/** Parses the text of an expectations file; messages name it as `where`. Throws `UsageError`. */
export function parseExpectations(text: string, where: string, knownIds: ReadonlySet<string>): Expectations {
  const { success, output, issues } = v.safeParse(expectationsFile, parseJson(text, where))
  if (!success) throw new UsageError(`the expectations file ${where}: ${complaint(issues)}`)
  const ids = output.entries.map(({ id }) => id)
  const unknown = ids.find((id) => !knownIds.has(id))
  if (unknown !== undefined) {
    throw new UsageError(`the expectations file ${where}: there is no requirement ${unknown}`)
  }
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index)
  if (repeated !== undefined) {
    throw new UsageError(`the expectations file ${where} has more than one entry for ${repeated}`)
  }
  return output as Expectations
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new UsageError(`the expectations file ${where} is not JSON`)
  }
}

/** Reads the committed file for s2-lite. Its name has the version of s2-lite; there is at most one. */
export async function committedExpectations(knownIds: ReadonlySet<string>): Promise<Expectations> {
  const folder = new URL('conformance/expectations/', PACKAGE_ROOT)
  const files = await readdir(folder)
  const file = files
    .filter((name) => /^s2-lite-.*\.json$/.test(name))
    .toSorted()
    .at(-1)
  return file === undefined ? { entries: [] } : await readExpectations(new URL(file, folder), knownIds)
}

/** Turns forgiven failures into `expected`. `stale` has the ids of entries whose rows pass. */
export function applyExpectations(
  results: readonly RequirementResult[],
  { entries }: Expectations,
): { readonly results: readonly RequirementResult[]; readonly stale: readonly string[] } {
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const steady = new Set(entries.filter(({ sometimes }) => sometimes !== true).map(({ id }) => id))
  const stale = results.filter(({ id, verdict }) => verdict === 'pass' && steady.has(id)).map(({ id }) => id)
  return {
    stale,
    results: results.map((result) => {
      const entry = byId.get(result.id)
      if (entry === undefined || !isForgiven(result, entry)) return result
      return { ...result, verdict: 'expected', expectation: `${entry.reason} (${entry.version})` }
    }),
  }
}

const isForgiven = ({ verdict, reason = '' }: RequirementResult, { matches = '' }: Expectation): boolean =>
  (verdict === 'fail' || verdict === 'warn') && new RegExp(matches).test(reason)
