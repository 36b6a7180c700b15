import { isRowId, VERDICTS, type Verdict } from '../result.ts'

/** What two reports are compared by. */
export interface ReadReport {
  /** `s2-conformance 0.1.0, profile core, http://127.0.0.1:8080, 2026-11-24T08:00:00.000Z`. */
  readonly about: string
  readonly rows: ReadonlyMap<string, ReadRow>
}

export interface ReadRow {
  readonly id: string
  readonly title: string
  readonly verdict: Verdict
  readonly reason: string
  /** Absent in reports older than format 1. */
  readonly statement: string | undefined
}

/** The text is no report; the message says what is wrong with it. */
export class ReportError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ReportError'
  }
}

/** Reads a report that `--json` wrote, in format 1 or 2, or from before formats were numbered. Throws `ReportError`. */
export function readReport(text: string): ReadReport {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new ReportError('it is not JSON')
  }
  if (!isObject(json) || !Array.isArray(json.results)) throw new ReportError('it has no array "results"')
  const { format = 1, suite, target, started, results } = json
  if (format !== 1 && format !== 2) {
    throw new ReportError(`it has format ${String(format)}; this version reads the formats 1 and 2`)
  }
  const about = [
    isObject(suite) ? `${textOf(suite.name)} ${textOf(suite.version)}` : '',
    isObject(target) ? `profile ${textOf(target.profile)}, ${textOf(target.endpoint)}` : '',
    textOf(started),
  ]
  return {
    about: about.filter((part) => part !== '').join(', '),
    rows: new Map(results.map(readRow).map((row) => [row.id, row])),
  }
}

function readRow(row: unknown, index: number): ReadRow {
  if (!isObject(row)) throw new ReportError(`result ${index + 1} is no object`)
  const { id, title, verdict, statement } = row
  const known = VERDICTS.find((one) => one === verdict)
  if (typeof id !== 'string' || known === undefined) {
    throw new ReportError(`result ${index + 1} lacks its id or a verdict that is known`)
  }
  if (!isRowId(id)) throw new ReportError(`result ${index + 1} has an id that is no row's, such as APP-001`)
  return {
    id,
    title: textOf(title),
    verdict: known,
    reason: reasonOf(row),
    statement: typeof statement === 'string' ? statement : undefined,
  }
}

/** Returns the reason in the words of format 2, so that a reason of format 1 compares equal to it. */
function reasonOf({ reason, what, allowed, came }: Readonly<Record<string, unknown>>): string {
  const isFormat1 = typeof what === 'string' && typeof allowed === 'string' && typeof came === 'string'
  return isFormat1 ? `${what}: expected ${allowed}, actual ${came}` : textOf(reason)
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
