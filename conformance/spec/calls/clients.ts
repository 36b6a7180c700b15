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
