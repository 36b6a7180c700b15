import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')

/** A room, and the rooms and single modules that its sources may import besides itself. The first that fits counts. */
const ROOMS: readonly (readonly [room: string, mayImport: readonly string[]])[] = [
  ['proto', []],
  ['kit', []],
  ['client', ['proto', 'kit']],
  ['reports', ['kit']],
  ['reference-server/semantics', ['proto/types.ts', 'proto/limits.ts', 'proto/error-codes.ts']],
  ['verification/simulation', ['proto', 'kit', 'reference-server', 'conformance/history']],
  ['reference-server', ['proto', 'kit']],
  ['verification/suite-mutants', ['proto', 'kit', 'client', 'reports', 'conformance', 'reference-server']],
  ['verification/answer-tampering', ['proto', 'kit', 'client', 'reports', 'conformance', 'reference-server']],
  ['conformance/model', ['proto', 'kit', 'client', 'reports', 'conformance', 'reference-server/semantics']],
  ['conformance/history', ['proto', 'kit', 'client', 'reports', 'conformance', 'reference-server/semantics']],
  // The patterns run on the reference server, whose faults they plan.
  ['conformance/spec/patterns', ['proto', 'kit', 'client', 'conformance', 'reference-server']],
  ['conformance/spec', ['proto', 'kit', 'client', 'reports', 'conformance', 'reference-server/semantics']],
  ['conformance', ['proto', 'kit', 'client', 'reports']],
  ['load', ['proto', 'kit', 'client', 'reports']],
]

/** Modules that run in a browser too, and the specification: no Node built-in. */
const WITHOUT_NODE = [
  'proto/types.ts',
  'proto/limits.ts',
  'proto/error-codes.ts',
  'reference-server/semantics',
]

const isWithin = (file: string, place: string): boolean => file === place || file.startsWith(`${place}/`)

const ROOTS: ReadonlySet<string> = new Set([
  'proto',
  'kit',
  'client',
  'reports',
  'reference-server',
  'conformance',
  'load',
])

const sources = [...ROOTS]
  .flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' }).map((file) => `${room}/${file}`),
  )
  .filter(
    (file) =>
      file.endsWith('.ts') &&
      !file.endsWith('.d.ts') &&
      !file.endsWith('.test.ts') &&
      !file.includes('/testing/'),
  )

interface Import {
  readonly kind: 'file' | 'package'
  /** Path from the root, or the specifier of a package. */
  readonly name: string
}

const IMPORT =
  /^(?:import|export)\b[^'\n]*(?:\n[^'\n]*)*?\bfrom '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm

/** What a source imports. Types count, they are arrows too. */
function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(IMPORT)].map((match): Import => {
    const specifier = match[1] ?? match[2] ?? match[3] ?? ''
    return specifier.startsWith('.')
      ? { kind: 'file', name: relative(root, resolve(root, dirname(file), specifier)) }
      : { kind: 'package', name: specifier }
  })
}

const filesOf = (file: string): readonly string[] =>
  importsOf(file).flatMap(({ kind, name }) => (kind === 'file' ? [name] : []))

/** `a` and `a/b` of `a/b/c.ts`. */
const foldersAbove = (file: string): readonly string[] =>
  file.split('/').flatMap((_, depth, parts) => (depth === 0 ? [] : [parts.slice(0, depth).join('/')]))

/** The folder in `parent` in which the file is somewhere; undefined for one beside the folders, or elsewhere. */
function folderIn(parent: string, file: string): string | undefined {
  if (!file.startsWith(`${parent}/`)) return undefined
  const [folder, ...inside] = file.slice(parent.length + 1).split('/')
  return inside.length === 0 ? undefined : folder
}

/** The first way from a folder back to itself; empty where there is none. */
function circleIn(arrows: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const left = new Set<string>()
  const follow = (folder: string, path: readonly string[]): readonly string[] => {
    if (path.includes(folder)) return [...path.slice(path.indexOf(folder)), folder]
    if (left.has(folder)) return []
    for (const next of arrows.get(folder) ?? []) {
      const circle = follow(next, [...path, folder])
      if (circle.length > 0) return circle
    }
    left.add(folder)
    return []
  }
  for (const folder of arrows.keys()) {
    const circle = follow(folder, [])
    if (circle.length > 0) return circle
  }
  return []
}

const packagesOf = (file: string): readonly string[] =>
  importsOf(file).flatMap(({ kind, name }) => (kind === 'package' ? [name] : []))

describe('arrows between the rooms run one way', () => {
  test('the scan sees the sources', () => {
    expect(sources.length).toBeGreaterThan(50)
    expect(filesOf('reference-server/semantics/batch/batch.ts')).toContain('proto/limits.ts')
  })

  test.each(sources)('%s', (file) => {
    const [room, allowed] = ROOMS.find(([name]) => isWithin(file, name)) ?? ['nowhere', []]
    const strayed = filesOf(file).filter(
      (imported) => ![room, ...allowed].some((place) => isWithin(imported, place)),
    )
    expect(strayed, `imports of ${file} outside ${[room, ...allowed].join(', ')}`).toEqual([])
  })

  /**
   * Folders that stand beside each other, each with all that is in it. A file that stands beside them is for all of them,
   * and what ties them together; the rooms themselves are held by the list above.
   */
  const parents = [...new Set(sources.flatMap(foldersAbove))]

  test.each(parents)('no folder in %s imports one that imports it', (parent) => {
    const arrows = new Map<string, Set<string>>()
    for (const file of sources) {
      const from = folderIn(parent, file)
      for (const imported of filesOf(file)) {
        const to = folderIn(parent, imported)
        if (from === undefined || to === undefined || from === to) continue
        arrows.set(from, (arrows.get(from) ?? new Set()).add(to))
      }
    }
    expect(circleIn(arrows)).toEqual([])
  })

  test('a circle is found, and said from where to where', () => {
    const arrows = new Map([
      ['a', new Set(['b'])],
      ['b', new Set(['d', 'c'])],
      ['c', new Set(['b'])],
    ])
    expect(circleIn(arrows)).toEqual(['b', 'c', 'b'])
    arrows.delete('c')
    expect(circleIn(arrows)).toEqual([])
  })

  test('nothing of the server imports its simulation', () => {
    const simulation = 'verification/simulation'
    const others = sources.filter((file) => !isWithin(file, simulation))
    expect(others.filter((file) => filesOf(file).some((imported) => isWithin(imported, simulation)))).toEqual(
      [],
    )
  })

  test('no property, history, trial of durability or client imports a requirement', () => {
    const below = ['model', 'history', 'durability', 'target', 'by-hand'].map((room) => `conformance/${room}`)
    const strayed = sources
      .filter((file) => below.some((room) => isWithin(file, room)))
      .filter((file) => filesOf(file).some((imported) => isWithin(imported, 'conformance/requirements')))
    expect(strayed).toEqual([])
  })

  test.each(sources.filter((file) => WITHOUT_NODE.some((place) => isWithin(file, place))))(
    '%s uses no Node built-in',
    (file) => {
      expect(packagesOf(file)).toEqual([])
    },
  )

  test('nothing committed imports a package that is not declared', () => {
    const declared: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const { dependencies, peerDependencies } = declared as Record<string, Record<string, string>>
    const known = { ...dependencies, ...peerDependencies }
    const packages = sources
      // The site is built in the repository, and not by the package.
      .filter((file) => !isWithin(file, 'conformance/spec'))
      .flatMap(packagesOf)
      .filter((imported) => !imported.startsWith('node:'))
      .map((imported) =>
        imported
          .split('/')
          .slice(0, imported.startsWith('@') ? 2 : 1)
          .join('/'),
      )
    expect([...new Set(packages)].filter((name) => !Object.hasOwn(known, name))).toEqual([])
  })
})
