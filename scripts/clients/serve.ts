import { createProcessLauncher, shellQuote } from '../../conformance/target/launch/process.ts'
import type { Served } from './client.ts'
import { quietEnvironment } from './workshop.ts'

/** The root token of the servers that ask for one, and what clients send to the others. */
const TOKEN = 'the-token-of-the-clients'

/**
 * Our server as anybody starts it, on a free port and a data directory of its own, for as long as `use` takes. Throws
 * `LaunchError` if it does not come up, or has died by the end.
 */
export async function withServer<T>(
  options: readonly string[],
  root: string,
  use: (server: Served) => Promise<T>,
): Promise<T> {
  const command = [process.execPath, `${root}/bin/s2-reference-server.js`, ...options]
    .map(shellQuote)
    .join(' ')
  const launcher = await createProcessLauncher({
    command: `${command} --port {port} --data-dir {data_dir}`,
    env: { ...quietEnvironment(), S2_ROOT_TOKEN: TOKEN },
  })
  try {
    await launcher.start(new AbortController().signal)
    const url = launcher.endpoints.account.origin
    const result = await use({ url, env: clientEnvironment(url) })
    if (launcher.death !== undefined) throw new Error(`our server died: ${launcher.death}`)
    return result
  } finally {
    await launcher.dispose()
  }
}

/** Without all three variables a client speaks to the hosted service. */
const clientEnvironment = (url: string): NodeJS.ProcessEnv => ({
  ...quietEnvironment(),
  S2_ACCOUNT_ENDPOINT: url,
  S2_BASIN_ENDPOINT: url,
  S2_ACCESS_TOKEN: TOKEN,
  S2_NO_UPDATE_CHECK: '1',
  NO_COLOR: '1',
  RUST_BACKTRACE: '0',
})
