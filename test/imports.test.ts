import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root, textOf } from './markdown.ts'
import { importsOf, sourceFiles } from './source-files.ts'

const page = textOf('docs/architecture.md')

/** The rows of the table: a folder, and what it may import; undefined for anything. */
const RULES: ReadonlyMap<string, readonly string[] | undefined> = new Map(
  [...page.matchAll(/^\| `([^`]+)` \|.*\| ([^|]+) \|$/gm)].map(([, folder = '', allowed = '']) => [
    folder,
    allowed === 'anything' ? undefined : [...allowed.matchAll(/`([^`]+)`/g)].map(([, place = '']) => place),
  ]),
)

/** The page says that these run in a browser too. */
const WITHOUT_NODE = [
  'reference-server/semantics/',
  'proto/types.ts',
  'proto/limits.ts',
  'proto/error-codes.ts',
]

const isTest = (file: string): boolean => file.endsWith('.test.ts')
const isForTests = (file: string): boolean => isTest(file) || file.includes('/testing/')
const isIn = (places: readonly string[], file: string): boolean =>
  places.some((place) => file === place || (place.endsWith('/') && file.startsWith(place)))

/** The longest folder of the table that the file is in. */
function ruleFor(file: string): string {
  const folders = [...RULES.keys()].filter((folder) => file.startsWith(folder))
  const [longest = ''] = folders.toSorted((a, b) => b.length - a.length)
  return longest
}

const products = sourceFiles.filter((file) => !isTest(file))

describe('the import rules of docs/architecture.md', () => {
  test('are there, and every source file has one', () => {
    expect(RULES.size).toBeGreaterThan(12)
    expect(sourceFiles.length).toBeGreaterThan(1500)
    expect(sourceFiles.filter((file) => ruleFor(file) === '')).toEqual([])
  })

  test('hold', () => {
    const forbidden = products.flatMap((file) => {
      const folder = ruleFor(file)
      const allowed = RULES.get(folder)
      return allowed === undefined
        ? []
        : importsOf(file)
            .files.filter((imported) => !isIn([folder, ...allowed], imported))
            .map((imported) => `${file} -> ${imported}`)
    })
    expect(forbidden).toEqual([])
  })

  test('the specification uses no Node built-in and no package', () => {
    const files = products.filter((file) => isIn(WITHOUT_NODE, file))
    expect(files.length).toBeGreaterThan(40)
    expect(files.filter((file) => importsOf(file).packages.length > 0)).toEqual([])
  })

  test('only tests import what is in a testing folder', () => {
    const strayed = products
      .filter((file) => !isForTests(file) && !file.startsWith('verification/'))
      .flatMap((file) => importsOf(file).files.map((imported) => [file, imported] as const))
      .filter(([, imported]) => isForTests(imported))
    expect(strayed).toEqual([])
  })

  test('what a product folder imports is declared in package.json', () => {
    const declared: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const { dependencies, peerDependencies } = declared as Record<string, Record<string, string>>
    const isDeclared = (name: string): boolean =>
      Object.hasOwn({ ...dependencies, ...peerDependencies }, name) || name.startsWith('node:')
    const undeclared = products
      .filter((file) => RULES.get(ruleFor(file)) !== undefined)
      .filter((file) => !file.startsWith('conformance/spec/') && !isForTests(file))
      .flatMap((file) => importsOf(file).packages.map((name) => `${file} -> ${packageOf(name)}`))
      .filter((line) => !isDeclared(line.replace(/.* -> /, '')))
    expect(undeclared).toEqual([])
  })
})

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

type Graph = ReadonlyMap<string, ReadonlySet<string>>

/** The first cycle, from a node back to itself; empty where there is none. */
function cycleIn(graph: Graph): readonly string[] {
  const done = new Set<string>()
  const follow = (node: string, path: readonly string[]): readonly string[] => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node]
    if (done.has(node)) return []
    for (const next of graph.get(node) ?? []) {
      const cycle = follow(next, [...path, node])
      if (cycle.length > 0) return cycle
    }
    done.add(node)
    return []
  }
  for (const node of graph.keys()) {
    const cycle = follow(node, [])
    if (cycle.length > 0) return cycle
  }
  return []
}

describe('cycles', () => {
  test('no file imports itself through others, tests included', () => {
    const graph = new Map(sourceFiles.map((file) => [file, new Set(importsOf(file).files)]))
    expect(cycleIn(graph)).toEqual([])
  })

  /** `a` and `a/b` of `a/b/c.ts`, and the root as ''. */
  const foldersAbove = (file: string): readonly string[] =>
    file.split('/').map((_, depth, parts) => parts.slice(0, depth).join('/'))
  const parents = [...new Set(products.flatMap(foldersAbove))]

  /** The folder in `parent` that the file is in; undefined for a file that lies in `parent` itself, or elsewhere. */
  function folderIn(parent: string, file: string): string | undefined {
    const path = parent === '' ? file : file.startsWith(`${parent}/`) ? file.slice(parent.length + 1) : ''
    const [folder, ...rest] = path.split('/')
    return rest.length === 0 ? undefined : folder
  }

  test.each(parents)('no folder in "%s" imports itself through its neighbours', (parent) => {
    const graph = new Map<string, Set<string>>()
    for (const file of products) {
      const from = folderIn(parent, file)
      if (from === undefined) continue
      const imported = graph.get(from) ?? new Set()
      graph.set(from, imported)
      for (const needed of importsOf(file).files) {
        const to = folderIn(parent, needed)
        if (to !== undefined && to !== from) imported.add(to)
      }
    }
    expect(cycleIn(graph)).toEqual([])
  })

  test('a cycle is found, and reported from its beginning to its end', () => {
    const graph = new Map([
      ['a', new Set(['b'])],
      ['b', new Set(['d', 'c'])],
      ['c', new Set(['b'])],
    ])
    expect(cycleIn(graph)).toEqual(['b', 'c', 'b'])
    graph.delete('c')
    expect(cycleIn(graph)).toEqual([])
  })
})

test('only conformance/requirements, its runner and its commands import a requirement', () => {
  const below = ['model', 'history', 'durability', 'by-hand'].map((folder) => `conformance/${folder}/`)
  const strayed = products
    .filter((file) => isIn(below, file))
    .filter((file) => importsOf(file).files.some((name) => name.startsWith('conformance/requirements/')))
  expect(strayed).toEqual([])
})
