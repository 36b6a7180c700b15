import { helpOf, type Option, parseFlags, UsageError } from './command-line.ts'
import { CORS, type Cors } from './http/cors.ts'
import { isLoopbackHost } from './http/host-guard.ts'

/** What the command line of `s2-reference-server` says. */
export interface Settings {
  readonly host: string
  readonly port: number
  readonly dataDir: string | undefined
  readonly cors: Cors
}

const OPTIONS: readonly Option[] = [
  { name: 'host', value: 'HOST', help: 'name or address to listen on (default 127.0.0.1)' },
  { name: 'port', value: 'PORT', help: 'port to listen on, 0 for a free one (default 8080)' },
  { name: 'data-dir', value: 'DIR', help: 'keep the data in this directory (default: in memory)' },
  { name: 'cors', value: 'WHOSE', help: 'web pages to let in: none, loopback (the default) or any' },
  { name: 'insecure', help: 'allow a host that is not loopback: whoever reaches it may read and write' },
  { name: 'help', help: 'show this text' },
]

export const HELP: string = `Usage: s2-reference-server [options]\n\nServes the S2 API on one port, over HTTP/1.1 and HTTP/2.\n\n${helpOf(OPTIONS)}`

/** Throws `UsageError`. */
export function parseSettings(args: readonly string[]): Settings | 'help' {
  const flags = parseFlags(args, OPTIONS)
  if (flags.has('help')) return 'help'
  const host = flags.get('host') ?? '127.0.0.1'
  if (!isLoopbackHost(host) && !flags.has('insecure')) {
    throw new UsageError(`--host ${host} is not a loopback address, which needs --insecure`)
  }
  return {
    host,
    port: parsePort(flags.get('port') ?? '8080'),
    dataDir: flags.get('data-dir'),
    cors: parseCors(flags.get('cors') ?? 'loopback'),
  }
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (port <= 65_535) return port
  throw new UsageError(`--port must be a number from 0 to 65535, not ${text}`)
}

function parseCors(text: string): Cors {
  const cors = CORS.find((candidate) => candidate === text)
  if (cors === undefined) throw new UsageError(`--cors must be one of ${CORS.join(', ')}, not ${text}`)
  return cors
}
