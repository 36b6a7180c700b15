import { relative } from 'node:path'
import { type OutputChunk, rolldown } from 'rolldown'
import { beforeAll, describe, expect, test } from 'vitest'
import { LIBRARY, MODULES } from '../scripts/build.ts'
import { root, textOf } from './markdown.ts'

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>
  readonly peerDependencies: Readonly<Record<string, string>>
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>
}

const manifest: Manifest = JSON.parse(textOf('package.json'))

let chunks: ReadonlyMap<string, OutputChunk>

beforeAll(async () => {
  await using bundle = await rolldown(MODULES)
  const { output } = await bundle.generate({ format: 'es' })
  chunks = new Map(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file] as const] : [])))
})

interface Loaded {
  /** Folders at the root of the repository whose sources are in the modules. */
  readonly folders: readonly string[]
  readonly packages: ReadonlySet<string>
}

/** Returns what an entry of the bundle can load, dynamic imports included. */
function loadedBy(entry: string): Loaded {
  const files = new Set([`${entry}.js`])
  const sources: string[] = []
  const packages = new Set<string>()
  for (const file of files) {
    const chunk = chunks.get(file)
    if (chunk === undefined) {
      if (!file.startsWith('node:')) packages.add(file)
      continue
    }
    sources.push(...chunk.moduleIds)
    for (const imported of [...chunk.imports, ...chunk.dynamicImports]) files.add(imported)
  }
  const folders = sources
    .filter((source) => source.startsWith(root))
    .map((source) => relative(root, source).split('/')[0] ?? '')
  return { folders: [...new Set(folders)].toSorted(), packages }
}

describe('the bundle', () => {
  test.each([
    'reference-server',
    'reference-server-vitest',
    'reference-server-vitest-setup',
    's2-reference-server',
  ])('has neither the suite nor the load generator in what %s loads', (entry) => {
    const { folders } = loadedBy(entry)
    expect(folders).toContain('reference-server')
    expect(folders.filter((folder) => folder === 'conformance' || folder === 'load')).toEqual([])
  })

  test('has the rules without the server', () => {
    const { folders, packages } = loadedBy('semantics')
    expect(folders).toEqual(['proto', 'reference-server'])
    expect([...packages]).toEqual([])
  })

  test('has no load generator in what the suite loads', () => {
    for (const entry of ['index', 'vitest', 's2-conformance'])
      expect(loadedBy(entry).folders).not.toContain('load')
  })

  test('imports packages that its users have', () => {
    const users = { ...manifest.dependencies, ...manifest.peerDependencies }
    const imported = [...chunks.keys()].flatMap((file) => [...loadedBy(file.replace(/\.js$/, '')).packages])
    const names = imported.map((specifier) => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? '')
    expect([...new Set(names)].filter((name) => !Object.hasOwn(users, name))).toEqual([])
  })

  test('has a module for each entry of the package', () => {
    const entries = Object.values(manifest.exports).flatMap((target) =>
      typeof target === 'string' ? [] : [target.default, target.types],
    )
    const expected = Object.keys(LIBRARY).flatMap((name) => [`./dist/${name}.js`, `./dist/${name}.d.ts`])
    expect(entries.toSorted()).toEqual(expected.toSorted())
  })
})
