/** The health check of the container image. It exits with 0 if the server answers `GET /health`, or if no server runs. */
import { readFileSync } from 'node:fs'
import { healthUrl } from './command.ts'

const words = readFileSync('/proc/1/cmdline', 'utf8').split('\0').slice(0, -1)
// Process 1 may be an init program with the command in its arguments.
const entry = words.findIndex((word) => word.endsWith('/entry.ts'))
const url = entry < 0 ? undefined : healthUrl(words.slice(entry + 1))
// The server may have signed its certificate itself.
process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
process.removeAllListeners('warning')
if (url !== undefined) {
  const response = await fetch(url, { signal: AbortSignal.timeout(4000) }).catch(() => undefined)
  process.exitCode = response?.ok ? 0 : 1
}
