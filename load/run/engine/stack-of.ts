/** Where something was thrown, as far as it says so. */
export const stackOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : String(error)

/** What another thread has thrown, with its stack. */
export function errorFromThread(where: string, stack: string): Error {
  const error = new Error(`${where}: ${stack.split(/\n\s+at /, 1)[0]}`)
  error.stack = stack
  return error
}
