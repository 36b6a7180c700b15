import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'

const file = new URL('../../scripts/versions.env', import.meta.url)
const pinned = parseEnv(readFileSync(file, 'utf8'))

function version(name: string): string {
  const value = pinned[name]
  if (value === undefined) throw new Error(`${file.pathname} pins no ${name}`)
  return value
}

const sdk = new URL('../../node_modules/@s2-dev/streamstore/package.json', import.meta.url)
const installed: { readonly version: string } = JSON.parse(readFileSync(sdk, 'utf8'))

export const TYPESCRIPT_SDK: string = installed.version
export const S2_CLI: string = version('S2_CLI')
export const RUST_SDK: string = version('S2_RUST_SDK')
export const GO_SDK: string = version('S2_GO_SDK')
export const PYTHON_SDK: string = version('S2_PYTHON_SDK')
