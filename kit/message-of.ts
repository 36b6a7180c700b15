import { getSystemErrorMessage } from 'node:util'

/** Returns the message of a thrown value, which need not be an error. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Returns the system's reason for a failed file operation, such as `no such file or directory`; callers add the path. */
export function systemReason(error: unknown): string {
  const errno = error instanceof Error && 'errno' in error ? error.errno : undefined
  return typeof errno === 'number' ? getSystemErrorMessage(errno) : messageOf(error)
}

/** Returns one line: the error, and the place of our code where it arose. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const [, where] = /\n\s+at (.*)/.exec(error.stack ?? '') ?? []
  return `${error.name}: ${error.message}${where === undefined ? '' : ` (${where})`}`
}
