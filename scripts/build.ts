/**
 * Builds `dist/`, as it is published: each command, library entry and thread as a module with shared chunks, the
 * declarations of the library entries, the vectors, and the pages of the specification in one file. All modules lie in one folder, where `moduleUrl` finds the threads.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type OutputOptions, type RolldownOptions, rolldown } from 'rolldown'
import { dts } from 'rolldown-plugin-dts'
import { readExamples } from '../conformance/spec/capture/example-files.ts'
import { buildSite } from '../conformance/spec/site/build-site.ts'
import { buildVectors } from '../conformance/spec/vectors/build-vectors.ts'
import manifest from '../package.json' with { type: 'json' }

const root = resolve(import.meta.dirname, '..')
const dist = resolve(root, 'dist')

/** What users import, by the name of its module in `dist/`. */
export const LIBRARY = {
  index: 'conformance/index.ts',
  vitest: 'conformance/vitest.ts',
  load: 'load/index.ts',
  testcontainers: 'conformance/testcontainers.ts',
  semantics: 'reference-server/semantics/rules.ts',
  'reference-server': 'reference-server/index.ts',
  'reference-server-vitest': 'reference-server/vitest.ts',
  'reference-server-vitest-setup': 'reference-server/vitest-setup.ts',
} as const

/** What `bin/` runs, and what a command starts as a thread or a process. */
const COMMANDS = {
  's2-conformance': 'conformance/main.ts',
  's2-load': 'load/main.ts',
  's2-reference-server': 'reference-server/main.ts',
  thread: 'load/run/coordinator/thread.ts',
  'proxy-thread': 'load/faults/proxy-thread.ts',
  'null-process': 'load/calibrate/null-process.ts',
} as const

const { dependencies, peerDependencies } = manifest
const packages = Object.keys({ ...dependencies, ...peerDependencies })

const COMMON = {
  cwd: root,
  platform: 'node',
  external: new RegExp(`^(?:${packages.join('|')})(?:/|$)`),
  // Node 22 has no syntax for `using`.
  transform: { target: 'node22' },
  // A slow machine is not a fault of the package.
  checks: { bundlerTimings: false },
  onwarn: (warning) => {
    throw new Error(`the package cannot be bundled: ${warning.message}`)
  },
} satisfies RolldownOptions

export const MODULES: RolldownOptions = { ...COMMON, input: absolute({ ...LIBRARY, ...COMMANDS }) }
/** The maps are without the sources: a stack trace needs only their names and lines. */
const MODULES_OUTPUT: OutputOptions = { sourcemap: true, sourcemapExcludeSources: true }

const DECLARATIONS: RolldownOptions = {
  ...COMMON,
  input: absolute(LIBRARY),
  plugins: [dts({ emitDtsOnly: true, tsgo: { path: resolve(root, 'node_modules/.bin/tsc') } })],
}

function absolute(entries: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, resolve(root, path)]))
}

async function build(): Promise<void> {
  // Nothing of an earlier build is published.
  rmSync(dist, { recursive: true, force: true })
  await write(MODULES, MODULES_OUTPUT)
  await write(DECLARATIONS, {})
  const examples = await readExamples()
  for (const { path, text } of await buildVectors(examples)) writeVector(path, text)
  const pages = Object.fromEntries((await buildSite(examples)).map(({ path, text }) => [path, text]))
  writeFileSync(resolve(dist, 'docs.json.gz'), gzipSync(JSON.stringify(pages), { level: 9 }))
}

async function write(input: RolldownOptions, output: OutputOptions): Promise<void> {
  await using bundle = await rolldown(input)
  await bundle.write({ dir: dist, format: 'es', ...output })
}

function writeVector(path: string, text: string): void {
  const file = resolve(dist, 'vectors', path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

if (import.meta.main) await build()
