import { bench } from './bench.ts'
import { cliTests } from './cli-tests.ts'
import type { Client } from './client.ts'
import { goSdk, goSdkLite } from './go-sdk.ts'
import { pythonSdk } from './python-sdk.ts'
import { rustSdk } from './rust-sdk.ts'
import { typescriptSdk } from './typescript-sdk.ts'

const inClear: readonly Client[] = [typescriptSdk, pythonSdk, goSdk, goSdkLite, cliTests, rustSdk, bench]

/** Once more where a client can choose HTTP/2, or must. */
const overTls = (client: Client): Client => ({
  ...client,
  name: `${client.name}-tls`,
  title: `${client.title}, over TLS`,
  tls: true,
})

export const clients: readonly Client[] = [
  ...inClear,
  ...[typescriptSdk, pythonSdk, goSdk, cliTests, rustSdk, bench].map(overTls),
]
