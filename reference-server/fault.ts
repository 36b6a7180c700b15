/**
 * A mistake of the server's own, on one line: what was thrown and where. Its message is left out, as it may hold what a
 * client sent, tokens and keys with the rest (`JSON.parse` quotes, `BigInt` repeats); except where the system or this
 * server itself has written it.
 */
export function describeFault(error: unknown): string {
  if (!(error instanceof Error)) return `something that is no Error was thrown: ${typeof error}`
  const name = isWord(error.name) ? error.name : 'Error'
  const said = isOwn(error) ? [`: ${oneLine(error.message)}`, ...causeOf(error)] : []
  return [name, ...codeOf(error), ...said, ...whereOf(error)].join('')
}

/** Errors whose messages are written here, of what the store said and nothing that a client did. */
const OWN = ['StoreError', 'InitError', 'CertificateError']

/** What the system or the store said, which is of files and disks. */
const causeOf = ({ cause }: Error): readonly string[] =>
  cause instanceof Error ? [` (${oneLine(cause.message)})`] : []

const isOwn = ({ name }: Error): boolean => OWN.includes(name)

/** `ENOSPC in write`: codes and system calls are no data. */
function codeOf(error: Error): readonly string[] {
  const code = 'code' in error && isWord(error.code) ? [` ${error.code}`] : []
  const call = 'syscall' in error && isWord(error.syscall) ? [` in ${error.syscall}`] : []
  return [...code, ...call]
}

const isWord = (value: unknown): value is string =>
  typeof value === 'string' && /^[A-Za-z_]{1,40}$/.test(value)

/** The innermost calls. The stack repeats the message first, which could look like calls itself. */
function whereOf({ name, message, stack = '' }: Error): readonly string[] {
  const head = [`${name}: ${message}\n`, `${name}\n`].find((text) => stack.startsWith(text))
  if (head === undefined) return []
  const calls = stack.slice(head.length).split('\n').slice(0, MAX_CALLS)
  return calls.map(
    (call) =>
      ` ${call.trim().replace(/(?:file:\/\/)?\/\S*\/(?=(?:reference-server|proto|node_modules)\/)/, '')}`,
  )
}

const MAX_CALLS = 3

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= MAX_LENGTH ? line : `${line.slice(0, MAX_LENGTH)}...`
}

const MAX_LENGTH = 300
