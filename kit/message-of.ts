import { getSystemErrorMessage } from 'node:util'

/** What somebody is told of what was thrown, whatever that was. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Why the system did not give a file: `no such file or directory`. The path is for whoever tells it. */
export function systemReason(error: unknown): string {
  const errno = error instanceof Error && 'errno' in error ? error.errno : undefined
  return typeof errno === 'number' ? getSystemErrorMessage(errno) : messageOf(error)
}
