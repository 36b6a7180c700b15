import { helpOf, type Option, parseFlags, UsageError } from './command-line.ts'
import { describeFault } from './fault.ts'
import { CORS, type Cors } from './http/cors.ts'
import { isLoopbackHost } from './http/host-guard.ts'
import { createServer, type ReferenceServer } from './server.ts'
import { openDiskStore } from './store/disk.ts'
import { openMemoryStore } from './store/memory.ts'

/** What the command takes from the process. */
export interface CommandIo {
  readonly out: (line: string) => void
  readonly err: (line: string) => void
  /** Calls `listener` at every SIGINT and SIGTERM. */
  readonly onSignal: (listener: () => void) => void
}

export const processIo: CommandIo = {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  onSignal: (listener) => process.on('SIGINT', listener).on('SIGTERM', listener),
}

/**
 * `s2-reference-server`: serves until a signal, then drains. Resolves to the exit code: 0 after a drain, 1 if it cannot
 * start or is told to stop a second time, 2 for a wrong command line.
 */
export async function run(args: readonly string[], io: CommandIo = processIo): Promise<number> {
  try {
    const settings = parseSettings(args)
    if (settings === 'help') {
      io.out(HELP)
      return 0
    }
    return await serve(settings, io)
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(`s2-reference-server: ${error.message}; --help shows what there is`)
      return 2
    }
    io.err(`s2-reference-server: ${messageOf(error)}`)
    return 1
  }
}

interface Settings {
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

const HELP = `Usage: s2-reference-server [options]\n\nServes the S2 API on one port, over HTTP/1.1 and HTTP/2.\n\n${helpOf(OPTIONS)}`

/** After this the first signal's patience ends, and what is still under way is cut (CP-LITE-030). */
const DRAIN_MS = 10_000

function parseSettings(args: readonly string[]): Settings | 'help' {
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

async function serve({ host, port, dataDir, cors }: Settings, io: CommandIo): Promise<number> {
  const store = dataDir === undefined ? await openMemoryStore() : await openDiskStore(dataDir)
  const server = await createServer({
    data: { store },
    options: { host, port, cors },
    report: (error) => io.err(`s2-reference-server: a fault of the server's own: ${describeFault(error)}`),
  })
  const url = await start(server, host, port)
  // Not before: until it listens there is nothing to drain, and a signal ends the process at once.
  const stopping = signals(io)
  announce(url, dataDir, io)
  await stopping.first
  return await Promise.race([drain(server), stopping.second.then(() => 1)])
}

async function start(server: ReferenceServer, host: string, port: number): Promise<string> {
  try {
    return await server.start()
  } catch (error) {
    await server.stop()
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    switch (code) {
      case 'EADDRINUSE':
        throw new Error(`port ${port} on ${host} is in use; --port chooses another`)
      case 'EACCES':
        throw new Error(`listening on port ${port} is not permitted; --port chooses another`)
      case 'EADDRNOTAVAIL':
      case 'ENOTFOUND':
        throw new Error(`${host} is no address of this machine; --host chooses another`)
      default:
        throw error
    }
  }
}

async function drain(server: ReferenceServer): Promise<number> {
  await server.stop(DRAIN_MS)
  return 0
}

function announce(url: string, dataDir: string | undefined, io: CommandIo): void {
  io.out(`Listening on ${url}, data ${dataDir === undefined ? 'in memory' : `in ${dataDir}`}`)
  io.out(`export S2_ACCOUNT_ENDPOINT=${url}`)
  io.out(`export S2_BASIN_ENDPOINT=${url}`)
  io.out('export S2_ACCESS_TOKEN=ignored')
}

function signals(io: CommandIo): { readonly first: Promise<void>; readonly second: Promise<void> } {
  const first = Promise.withResolvers<void>()
  const second = Promise.withResolvers<void>()
  let count = 0
  io.onSignal(() => (++count === 1 ? first : second).resolve())
  return { first: first.promise, second: second.promise }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
