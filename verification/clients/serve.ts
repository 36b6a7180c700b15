import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Endpoints, singleEndpoint } from '../../client/endpoints.ts'
import { createProcessLauncher } from '../../client/launch/process.ts'
import { shellQuote } from '../../kit/text/shell-word.ts'
import type { Served } from './client.ts'
import type { Setup } from './setup.ts'
import { makeCertificate } from './trust.ts'
import { quietEnvironment } from './workshop.ts'

/** The root token of the servers that ask for one, and what clients send to the others. */
const TOKEN = 'the-token-of-the-clients'

/**
 * Our server as anybody starts it, on a free port and a data directory of its own, for as long as `use` takes. Throws
 * `LaunchError` if it does not come up, and an error if it has died by the end.
 */
export async function withServer<T>(
  { options, tls }: Setup,
  root: string,
  use: (server: Served) => Promise<T>,
): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 's2-clients-'))
  const trust = tls ? await makeCertificate(directory) : undefined
  const port = await freePort()
  const url = `${tls ? 'https' : 'http'}://127.0.0.1:${port}`
  const given = ['--port', `${port}`, '--data-dir', join(directory, 'data'), ...options]
  const words = [
    process.execPath,
    `${root}/bin/s2-reference-server.js`,
    ...given,
    ...(trust?.serverOptions ?? []),
  ]
  const endpoints: Endpoints = singleEndpoint(url)
  const launcher = await createProcessLauncher({
    command: words.map(shellQuote).join(' '),
    endpoints,
    env: { ...quietEnvironment(), S2_ROOT_TOKEN: TOKEN },
  })
  try {
    await launcher.start(new AbortController().signal)
    const result = await use({ url, env: { ...clientEnvironment(url), ...trust?.clientEnvironment } })
    if (launcher.death !== undefined) throw new Error(`our server died: ${launcher.death}`)
    return result
  } finally {
    await launcher.dispose()
    await rm(directory, { recursive: true, force: true })
  }
}

/** Without all three variables a client speaks to the hosted service. */
export const clientEnvironment = (url: string): NodeJS.ProcessEnv => ({
  ...quietEnvironment(),
  S2_ACCOUNT_ENDPOINT: url,
  S2_BASIN_ENDPOINT: url,
  S2_ACCESS_TOKEN: TOKEN,
  S2_NO_UPDATE_CHECK: '1',
  NO_COLOR: '1',
  RUST_BACKTRACE: '0',
})

async function freePort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1')
  await new Promise((listening) => listener.once('listening', listening))
  const address = listener.address()
  await new Promise((closed) => listener.close(closed))
  if (address === null || typeof address === 'string') throw new Error('there is no free port')
  return address.port
}
