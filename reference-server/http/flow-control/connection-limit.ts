/**
 * How many connections are let in at once: so many that files still can be opened beside them, for a store that cannot
 * open its files has failed.
 */
export function connectionLimit(openFiles: number = openFileLimit()): number {
  return Math.max(1, Math.min(MOST_CONNECTIONS, Math.floor(openFiles * SHARE)))
}

const MOST_CONNECTIONS = 10_000

/** LevelDB keeps up to a thousand tables open; that it may have, and the rest. */
const SHARE = 0.75

/** Of this process; Node raises it as far as it may when it starts. */
function openFileLimit(): number {
  const { userLimits }: Report = process.report.getReport()
  const soft = Number(userLimits?.open_files?.soft)
  return Number.isNaN(soft) ? Number.POSITIVE_INFINITY : soft
}

/** What of Node's report is looked at; `soft` is a number or the word unlimited. */
interface Report {
  readonly userLimits?: { readonly open_files?: { readonly soft?: unknown } }
}
