import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { root } from './markdown.ts'

/** Top-level folders with TypeScript. */
const FOLDERS = [
  'proto',
  'kit',
  'reports',
  'client',
  'reference-server',
  'conformance',
  'load',
  'verification',
  'scripts',
  'test',
] as const

/** Every TypeScript file of these folders, tests included, as a path from the root. */
export const sourceFiles: readonly string[] = FOLDERS.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file}`)
    .filter((file) => /\.m?ts$/.test(file) && !file.endsWith('.d.ts') && !file.includes('node_modules/')),
)

export interface Imports {
  /** Files, as paths from the root. */
  readonly files: readonly string[]
  /** Specifiers of packages and Node built-ins. */
  readonly packages: readonly string[]
}

const IMPORT =
  /^(?:import|export)\b[^'\n;]*(?:\n[^'\n]*)*?\bfrom '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm

const known = new Map<string, Imports>()

/** What a file imports, types and dynamic imports included. */
export function importsOf(file: string): Imports {
  const before = known.get(file)
  if (before !== undefined) return before
  const text = readFileSync(join(root, file), 'utf8')
  const specifiers = [...text.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
  const isFile = (specifier: string): boolean => specifier.startsWith('.')
  const imports = {
    files: specifiers.filter(isFile).map((specifier) => posix.join(dirname(file), specifier)),
    packages: specifiers.filter((specifier) => !isFile(specifier)),
  }
  known.set(file, imports)
  return imports
}
