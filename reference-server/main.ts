import { complete, completeOptions } from '../kit/cli/complete.ts'
import { commandHelp } from '../kit/cli/help.ts'
import { messageOf } from '../kit/message-of.ts'
import { UserError } from '../kit/user-error.ts'
import { VERSION } from '../kit/version.ts'
import { announcement } from './command/announce.ts'
import { check } from './command/check.ts'
import { SERVE } from './command/options.ts'
import { readPages } from './command/pages.ts'
import { findRootToken, type RootToken } from './command/root-token.ts'
import { parseSettings, type Settings } from './command/settings.ts'
import { openTls, type Tls } from './command/tls-option.ts'
import { systemClock } from './environment.ts'
import { namesOf } from './http/connections/certificate.ts'
import { readInitFile } from './init/init-file.ts'
import { createLog, upgraded } from './log.ts'
import { rules } from './semantics/rules.ts'
import { createServer, type ReferenceServer } from './server.ts'
import { openDiskStore } from './store/disk.ts'
import { openMemoryStore } from './store/memory.ts'

/** What the command takes from the process. */
export interface CommandIo {
  readonly out: (line: string) => void
  readonly err: (line: string) => void
  readonly env: Readonly<Record<string, string | undefined>>
  /** Calls `listener` at every SIGINT and SIGTERM, and at a SIGHUP that is the first of all. */
  readonly onSignal: (listener: () => void) => void
}

export const processIo: CommandIo = {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  env: process.env,
  onSignal(listener) {
    let isTold = false
    const tell = (): void => {
      isTold = true
      listener()
    }
    process.on('SIGINT', tell).on('SIGTERM', tell)
    // The kernel and the shell both send it when a terminal goes, and nobody has asked twice. There is nobody to read, either.
    process.on('SIGHUP', () => {
      for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
      if (!isTold) tell()
    })
  },
}

/**
 * `s2-reference-server`: serves until a signal, then drains, or checks a data directory. Resolves to the exit code: 0 after
 * a drain, 2 for a wrong command line, 3 if it cannot start or is told to stop a second time; those of a check are its own.
 */
export async function run(args: readonly string[], io: CommandIo = processIo): Promise<number> {
  try {
    const settings = args[0] === 'complete' ? 'complete' : parseSettings(args, io.env)
    if (typeof settings === 'string') {
      io.out(TEXTS[settings](args).trimEnd())
      return 0
    }
    return 'check' in settings ? await check(settings.check, io) : await serve(settings, io)
  } catch (error) {
    io.err(`s2-reference-server: ${messageOf(error)}`)
    return error instanceof UserError ? error.exitCode : EXIT_FAILED
  }
}

/** What the command prints instead of serving. */
const TEXTS = {
  help: () => commandHelp(SERVE, ''),
  version: () => VERSION,
  complete: (args: readonly string[]) =>
    complete(SERVE.name, args.slice(1), (words) => completeOptions(words, SERVE)),
} as const

const EXIT_FAILED = 3

/** After this the first signal's patience ends, and what is still under way is cut (CP-LITE-030). */
const DRAIN_MS = 10_000

async function serve(settings: Settings, io: CommandIo): Promise<number> {
  const { auth } = settings
  const rootToken = auth === undefined ? undefined : await findRootToken(auth.rootTokenFile, io.env)
  const tls = await openTls(settings.tls, namesOf(settings.host, settings.basinDomain))
  try {
    return await listen(settings, rootToken, tls, io)
  } finally {
    await tls.trust?.remove()
  }
}

async function listen(
  settings: Settings,
  rootToken: RootToken | undefined,
  { certificate, trust }: Tls,
  io: CommandIo,
): Promise<number> {
  const { host, port, dataDir, cors, flavor, basinDomain, appendsInFlight, locations, initFile } = settings
  const init = initFile === undefined ? undefined : await readInitFile(initFile, { ...rules, flavor })
  const docs = settings.docs ? await readPages() : undefined
  const log = createLog(settings.logLevel, io.err, systemClock)
  const store =
    dataDir === undefined
      ? await openMemoryStore()
      : await openDiskStore(dataDir, { onUpgrade: upgraded(log) })
  const server = await createServer({
    data: { store },
    options: {
      host,
      port,
      cors,
      flavor,
      basinDomain,
      init,
      docs,
      bounds: { appendsInFlight },
      backend: { locations, ...settings.ageing },
      ...(rootToken !== undefined && { auth: { rootToken: rootToken.secret } }),
      ...(certificate !== undefined && { tls: certificate }),
    },
    log,
  })
  const url = await start(server, host, port)
  // Not before: until it listens there is nothing to drain, and a signal ends the process at once.
  const stopping = signals(io)
  for (const line of announcement(url, settings, rootToken, trust)) io.out(line)
  await stopping.first
  return await Promise.race([drain(server), stopping.second.then(() => EXIT_FAILED)])
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

function signals(io: CommandIo): { readonly first: Promise<void>; readonly second: Promise<void> } {
  const first = Promise.withResolvers<void>()
  const second = Promise.withResolvers<void>()
  let count = 0
  io.onSignal(() => (++count === 1 ? first : second).resolve())
  return { first: first.promise, second: second.promise }
}
