/**
 * Builds `dist/`, as it is published: each command, library entry and thread as a module with shared chunks, the
 * declarations of the library entries, and the vectors. All modules lie in one folder, where `moduleUrl` finds the threads.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { type RolldownOptions, rolldown } from 'rolldown'
import { dts } from 'rolldown-plugin-dts'
import { readExamples } from '../conformance/spec/capture/example-files.ts'
import { buildVectors } from '../conformance/spec/vectors/build-vectors.ts'
import manifest from '../package.json' with { type: 'json' }

const root = resolve(import.meta.dirname, '..')
const dist = resolve(root, 'dist')

/** What users import. */
const LIBRARY = {
  index: 'conformance/index.ts',
  vitest: 'conformance/vitest.ts',
  load: 'load/index.ts',
  semantics: 'reference-server/semantics/rules.ts',
  'reference-server': 'reference-server/index.ts',
  'reference-server-vitest': 'reference-server/vitest.ts',
  'reference-server-vitest-setup': 'reference-server/vitest-setup.ts',
}

/** What `bin/` runs, and what a command starts as a thread or a process. */
const COMMANDS = {
  's2-conformance': 'conformance/main.ts',
  's2-load': 'load/main.ts',
  's2-reference-server': 'reference-server/main.ts',
  thread: 'load/run/thread.ts',
  'proxy-thread': 'load/faults/proxy-thread.ts',
  'null-process': 'load/calibrate/null-process.ts',
}

const { dependencies, peerDependencies } = manifest
const packages = Object.keys({ ...dependencies, ...peerDependencies })

const COMMON = {
  cwd: root,
  platform: 'node',
  // A package that users do not install would be bundled.
  external: new RegExp(`^(?:${packages.join('|')})(?:/|$)`),
  // Node 22 has no syntax for `using`.
  transform: { target: 'node22' },
  onwarn: (warning) => {
    throw new Error(`the package cannot be bundled: ${warning.message}`)
  },
} satisfies RolldownOptions

async function build(): Promise<void> {
  // Nothing of an earlier build is published.
  rmSync(dist, { recursive: true, force: true })
  await write(
    { ...COMMON, input: absolute({ ...LIBRARY, ...COMMANDS }) },
    { sourcemap: true, sourcemapExcludeSources: true },
  )
  await write({ ...COMMON, input: absolute(LIBRARY), plugins: [dts({ dtsOnly: true })] }, {})
  for (const { path, text } of await buildVectors(await readExamples())) writeVector(path, text)
}

const absolute = (entries: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, resolve(root, path)]))

async function write(input: RolldownOptions, output: object): Promise<void> {
  const bundle = await rolldown(input)
  await bundle.write({ dir: dist, format: 'es', ...output })
  await bundle.close()
}

function writeVector(path: string, text: string): void {
  const file = resolve(dist, 'vectors', path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

await build()
