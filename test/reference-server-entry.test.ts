import { readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './markdown.ts'

const IMPORT = /^(?:import|export)\b(?! type)[^'\n]*(?:\n[^'\n]*)*?\bfrom '([^']+)'|^import '([^']+)'/gm
const DYNAMIC = /\bimport\('([^']+)'\)/g

interface Loaded {
  readonly files: ReadonlySet<string>
  readonly packages: ReadonlySet<string>
}

/** Every module and package that an entry can load, dynamic imports included and type-only imports left out. */
function loadedBy(entry: string): Loaded {
  const files = new Set<string>([entry])
  const packages = new Set<string>()
  for (const file of files) {
    const text = readFileSync(join(root, file), 'utf8')
    for (const match of [...text.matchAll(IMPORT), ...text.matchAll(DYNAMIC)]) {
      const specifier = match[1] ?? match[2] ?? ''
      if (specifier.startsWith('.')) files.add(relative(root, resolve(root, dirname(file), specifier)))
      else if (!specifier.startsWith('node:')) packages.add(specifier)
    }
  }
  return { files, packages }
}

const ENTRIES = ['index.ts', 'vitest.ts', 'vitest-setup.ts'].map((file) => `reference-server/${file}`)

test.each(ENTRIES)('%s loads neither the suite nor the load generator', (entry) => {
  const folders = new Set([...loadedBy(entry).files].map((file) => file.split('/')[0]))
  expect([...folders].toSorted()).toEqual(['kit', 'proto', 'reference-server'])
})

test('the in-process server loads these packages and no other', () => {
  expect([...loadedBy('reference-server/index.ts').packages].toSorted()).toEqual([
    'classic-level',
    'fastify',
    'libsodium-wrappers',
    'memory-level',
    'pino',
    'prom-client',
    'protobufjs/minimal.js',
    'selfsigned',
  ])
})

test('only the fixture loads vitest', () => {
  expect(loadedBy('reference-server/vitest.ts').packages).toContain('vitest')
  expect(loadedBy('reference-server/vitest-setup.ts').packages).not.toContain('vitest')
})
