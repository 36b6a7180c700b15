import { bench } from './bench.ts'
import { cliTests } from './cli-tests.ts'
import type { Client } from './client.ts'
import { goSdk, goSdkLite } from './go-sdk.ts'
import { pythonSdk } from './python-sdk.ts'
import { rustSdk } from './rust-sdk.ts'
import { typescriptSdk } from './typescript-sdk.ts'

export const clients: readonly Client[] = [
  typescriptSdk,
  pythonSdk,
  goSdk,
  goSdkLite,
  cliTests,
  rustSdk,
  bench,
]
