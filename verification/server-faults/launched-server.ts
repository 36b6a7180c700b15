import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createProcessLauncher } from '../../client/launch/process.ts'
import type { CheckContext } from '../../conformance/context.ts'
import { type TestTarget, testContext, testTarget } from '../../conformance/testing/check-parts.ts'
import { shellQuote } from '../../kit/text/shell-word.ts'

/** The reference server as a process, on a data directory that outlives it. */
export interface LaunchedServer {
  /** Speaks to it; made with the first start. */
  readonly context: CheckContext
  start(): Promise<void>
  kill(): Promise<void>
  /** Stops it where it stands, and lets it go on. */
  pause(): Promise<void>
  continue(): Promise<void>
  /** The status of `GET /health`. */
  health(): Promise<number>
  /** What it has logged to stderr since the first start. */
  logged(): Promise<string>
  dispose(): Promise<void>
}

/** The command that serves this directory on a port. */
export const serverCommand = (directory: string, port: string): readonly string[] => [
  process.execPath,
  resolve(import.meta.dirname, '../../bin/s2-reference-server.js'),
  ...['--port', port, '--data-dir', directory],
]

/** Starts it. `prefix` goes before its command. */
export async function launchServer(directory: string, prefix: string): Promise<LaunchedServer> {
  const folder = await mkdtemp(join(tmpdir(), 's2-launched-'))
  const log = join(folder, 'stderr')
  const words = serverCommand(directory, '{port}').map(shellQuote).join(' ')
  const command = `${prefix}${words} 2>>${shellQuote(log)}`
  const launcher = await createProcessLauncher({ command, env: process.env, readySeconds: 60 })
  const { origin } = launcher.endpoints.account
  const target: TestTarget = testTarget(origin, { requestSeconds: 60 })
  const { context } = testContext(target)
  const start = (): Promise<void> => launcher.start(new AbortController().signal)
  const dispose = async (): Promise<void> => {
    await target.close()
    await launcher.kill()
    await launcher.dispose()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await start()
    context.expect.ok(await context.account.createBasin(target.sharedBasin), 201)
  } catch (error) {
    await dispose()
    throw error
  }
  return {
    context,
    start,
    kill: () => launcher.kill(),
    pause: () => launcher.pause(),
    continue: () => launcher.continue(),
    health: async () => (await fetch(`${origin}/health`)).status,
    logged: () => readFile(log, 'utf8'),
    dispose,
  }
}
