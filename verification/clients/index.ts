import { bench } from './bench.ts'
import { callClients } from './calls/index.ts'
import { cliTests } from './cli-tests.ts'
import type { Client } from './client.ts'
import { goSdk, goSdkLite } from './go-sdk.ts'
import { pythonSdk } from './python-sdk.ts'
import { rustSdk } from './rust-sdk.ts'
import { HOSTED_AT_ONCE, LITE, overTls } from './setup.ts'
import { typescriptSdk } from './typescript-sdk.ts'

/** Once more where a client may choose HTTP/2, and in the other flavor. */
const again = (client: Client): Client => ({
  ...client,
  name: `${client.name}-tls`,
  setup: overTls(client.setup === LITE ? HOSTED_AT_ONCE : client.setup),
})

export const clients: readonly Client[] = [
  typescriptSdk,
  pythonSdk,
  goSdk,
  goSdkLite,
  cliTests,
  rustSdk,
  bench,
  ...callClients,
  ...[typescriptSdk, pythonSdk, goSdk, cliTests, rustSdk, bench].map(again),
]
