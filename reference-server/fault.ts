/** A mistake of the server's own, on one line: a message of several lines or of a page would bury what is beside it. */
export function describeFault(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= MAX_LENGTH ? line : `${line.slice(0, MAX_LENGTH)}...`
}

const MAX_LENGTH = 300
