import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseEnv } from 'node:util'

/** A client of S2 whose calls are shown. */
export interface CallClient {
  /** The folder of its snippets. */
  readonly name: ClientName
  readonly title: string
  /** Of the files of its snippets. */
  readonly extension: string
  /** The language of its snippets, for the highlighter. */
  readonly language: string
}

export type ClientName = 'typescript' | 'go' | 'python' | 'rust' | 'cli'

/** In the order in which pages show them. */
export const CALL_CLIENTS: readonly CallClient[] = [
  { name: 'typescript', title: 'TypeScript', extension: 'ts', language: 'typescript' },
  { name: 'python', title: 'Python', extension: 'py', language: 'python' },
  { name: 'go', title: 'Go', extension: 'go', language: 'go' },
  { name: 'rust', title: 'Rust', extension: 'rs', language: 'rust' },
  { name: 'cli', title: 'CLI', extension: 'sh', language: 'shellscript' },
]

/** The version of each client that `npm run verify -- clients` runs. */
export async function clientVersions(): Promise<Readonly<Record<ClientName, string>>> {
  const root = join(import.meta.dirname, '../../..')
  const pinned = parseEnv(await readFile(join(root, 'scripts/versions.env'), 'utf8'))
  const installed = await readFile(join(root, 'node_modules/@s2-dev/streamstore/package.json'), 'utf8')
  const { version }: { readonly version: string } = JSON.parse(installed)
  return {
    typescript: `@s2-dev/streamstore ${version}`,
    python: `s2-sdk ${pinned.S2_PYTHON_SDK}`,
    go: `s2-sdk-go ${pinned.S2_GO_SDK}`,
    rust: `s2-sdk ${pinned.S2_RUST_SDK}`,
    cli: `s2 ${pinned.S2_CLI}`,
  }
}
