import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { NoSuchProgram } from './command.ts'
import { quietEnvironment, type Workshop } from './workshop.ts'

/** Test programs of a crate that is published with its tests. */
export interface CrateTests {
  readonly crate: string
  readonly version: string
  /** Names of files in its folder `tests`, without `.rs`. */
  readonly tests: readonly string[]
  /**
   * Stands in for the crate's own manifest where the tests only run the crate's program, which is built already: then
   * there is no need to build all that it is made of once more.
   */
  readonly manifest?: string
  /** What the compiler is told: the program under test. */
  readonly env?: NodeJS.ProcessEnv
}

/** The test programs, where they are once they have been built. */
export function testPrograms({ crate, version, tests }: CrateTests, workshop: Workshop): readonly string[] {
  const directory = join(workshop.cached(`${crate}-tests-${version}`), 'bin')
  return tests.map((test) => join(directory, test))
}

/** Builds the test programs and keeps them. Resolves to why they cannot be had, and rejects if the build fails. */
export async function needTestPrograms(wanted: CrateTests, workshop: Workshop): Promise<string | undefined> {
  if (testPrograms(wanted, workshop).every((program) => existsSync(program))) return undefined
  if (!workshop.mayBuildRust) return `the tests of ${wanted.crate} ${wanted.version} are not built here yet`
  try {
    await build(wanted, workshop)
    return undefined
  } catch (error) {
    if (error instanceof NoSuchProgram) return error.message
    throw error
  }
}

async function build(wanted: CrateTests, workshop: Workshop): Promise<void> {
  const project = workshop.cached(`${wanted.crate}-tests-${wanted.version}`)
  const source = await sourceOf(wanted, workshop)
  cpSync(source, project, {
    recursive: true,
    filter: (path) => wanted.manifest === undefined || path !== join(source, 'src'),
  })
  if (wanted.manifest !== undefined) writeFileSync(join(project, 'Cargo.toml'), wanted.manifest)
  const tests = wanted.tests.flatMap((test) => ['--test', test])
  const messages = await cargo(
    ['test', '--release', '--no-run', '--message-format=json-render-diagnostics', ...tests],
    project,
    workshop,
    wanted.env,
  )
  mkdirSync(join(project, 'bin'), { recursive: true })
  for (const { name, path } of testExecutables(messages)) cpSync(path, join(project, 'bin', name))
}

/** The crate's source, as cargo unpacks it; fetched if it is not there. */
async function sourceOf({ crate, version }: CrateTests, workshop: Workshop): Promise<string> {
  const unpacked = (): string | undefined => {
    const registries = join(process.env.CARGO_HOME ?? join(homedir(), '.cargo'), 'registry/src')
    if (!existsSync(registries)) return undefined
    return readdirSync(registries)
      .map((registry) => join(registries, registry, `${crate}-${version}`))
      .find((directory) => existsSync(directory))
  }
  if (unpacked() === undefined) {
    const project = workshop.cached(`${crate}-source-${version}`)
    mkdirSync(join(project, 'src'), { recursive: true })
    writeFileSync(join(project, 'src/lib.rs'), '')
    writeFileSync(
      join(project, 'Cargo.toml'),
      `[package]\nname = "source"\nversion = "0.0.0"\nedition = "2024"\n\n[dependencies]\n${crate} = "=${version}"\n`,
    )
    await cargo(['fetch'], project, workshop)
  }
  const directory = unpacked()
  if (directory === undefined)
    throw new Error(`cargo fetched ${crate} ${version}, but it is not in its registry folder`)
  return directory
}

/** What is compiled for s2-lite is shared, and others on the machine come first. */
async function cargo(
  words: readonly string[],
  cwd: string,
  workshop: Workshop,
  more: NodeJS.ProcessEnv = {},
): Promise<string> {
  const env = { ...quietEnvironment(), CARGO_TARGET_DIR: workshop.cached('rust-target'), ...more }
  // Not `nice cargo`: that would not tell a machine without cargo from a build that fails.
  const here = await workshop.command(['cargo', '--version'], { cwd, env, seconds: 60 })
  if (here.code !== 0) throw new Error(`cargo does not work: ${here.stderr}`)
  const run = await workshop.command(['nice', '-n', '10', 'cargo', ...words], { cwd, env, seconds: 3600 })
  if (run.code !== 0) throw new Error(`cargo ${words[0]} of ${cwd} failed: ${run.stderr.slice(-4000)}`)
  return run.stdout
}

interface TestExecutable {
  readonly name: string
  readonly path: string
}

/** Reads the messages of `cargo test --no-run --message-format=json` for the programs that were built. */
export function testExecutables(messages: string): readonly TestExecutable[] {
  return messages
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Artifact)
    .flatMap(({ executable, target }) =>
      executable && target?.kind.includes('test') ? [{ name: target.name, path: executable }] : [],
    )
}

interface Artifact {
  readonly executable?: string | null
  readonly target?: { readonly name: string; readonly kind: readonly string[] }
}
