import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import type { ClientName } from '../../../conformance/spec/calls/clients.ts'
import { NoSuchProgram } from '../command.ts'
import { installPython, pythonOf } from '../python-sdk.ts'
import { needS2, s2Binary } from '../s2-cli.ts'
import { GO_SDK, PYTHON_SDK, RUST_SDK, S2_CLI, TYPESCRIPT_SDK } from '../versions.ts'
import { quietEnvironment, type Workshop } from '../workshop.ts'
import { type Driver, type DriverOptions, startDriver } from './driver.ts'

/** How the snippets of a client are run. */
export interface Language {
  readonly name: ClientName
  /** The client with its version. */
  readonly title: string
  /** Builds what the snippets need. Resolves to the reason where this machine cannot. */
  readonly needs: (workshop: Workshop) => Promise<string | undefined>
  readonly start: (workshop: Workshop, options: Omit<DriverOptions, 'cwd'>) => Driver
}

const snippetsOf = (workshop: Workshop, name: ClientName): string =>
  join(workshop.root, 'conformance/spec/calls', name)

const driverFile = (workshop: Workshop, file: string): string =>
  join(workshop.root, 'verification/clients/calls/drivers', file)

function orNoProgram(needs: Language['needs']): Language['needs'] {
  return async (workshop) => {
    try {
      return await needs(workshop)
    } catch (error) {
      if (error instanceof NoSuchProgram) return error.message
      throw error
    }
  }
}

function startBuilt(project: (workshop: Workshop) => string, program: string): Language['start'] {
  return (workshop, options) =>
    startDriver([join(project(workshop), program)], { ...options, cwd: workshop.root })
}

/** Each snippet is a shell script that finds the program `s2` in its path. */
function startCli(workshop: Workshop, { env, seconds }: Omit<DriverOptions, 'cwd'>): Driver {
  const path = [dirname(s2Binary(workshop)), process.env.PATH ?? ''].join(delimiter)
  return {
    async call(name) {
      const script = join(snippetsOf(workshop, 'cli'), `${name}.sh`)
      // A follower has no end of its own; the snippet has met its purpose when it was sent.
      const follows = name === 'follow'
      const limit = follows ? ['timeout', '2'] : []
      const run = await workshop.command([...limit, 'bash', '-eo', 'pipefail', script], {
        cwd: workshop.root,
        env: { ...env, PATH: path },
        seconds,
      })
      if (run.code !== 0 && !(follows && run.code === 124)) throw new Error(run.stderr.slice(-1000))
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
}

const goProject = (workshop: Workshop): string => workshop.cached(`calls-go-${GO_SDK}`)
const GO_MODULE = 'github.com/s2-streamstore/s2-sdk-go'

/**
 * The module proxy does not serve the SDK everywhere: a checkout of it in the cache, in `go-sdk-source-VERSION`, takes its
 * place.
 */
async function buildGo(workshop: Workshop): Promise<string | undefined> {
  const project = goProject(workshop)
  const source = workshop.cached(`go-sdk-source-${GO_SDK}`)
  const replaced = existsSync(join(source, 'go.mod')) ? `\nreplace ${GO_MODULE} => ${source}\n` : ''
  const manifest = `module s2-conformance/calls\n\ngo 1.23\n\nrequire ${GO_MODULE} ${GO_SDK}\n${replaced}`
  const main = readFileSync(driverFile(workshop, 'main.go'), 'utf8')
  writeChanged(project, { ...snippetFiles(workshop, 'go'), 'main.go': main })
  const file = join(project, 'go.mod')
  if (
    !existsSync(file) ||
    !readFileSync(file, 'utf8').startsWith(manifest.slice(0, manifest.indexOf('require')))
  )
    writeFileSync(file, manifest)
  const built = await workshop.command(['go', 'build', '-mod=mod', '-o', 'calls', '.'], {
    cwd: project,
    env: quietEnvironment(),
    seconds: 600,
  })
  if (built.code === 0) return undefined
  if (/: (403 Forbidden|404 Not Found|410 Gone)/.test(built.stderr))
    return `the Go module proxy does not serve ${GO_MODULE} ${GO_SDK}`
  throw new Error(`the snippets do not compile: ${built.stderr.trim()}`)
}

const rustProject = (workshop: Workshop): string => workshop.cached(`calls-rust-${RUST_SDK}`)

const RUST_MANIFEST = `[package]
name = "calls"
version = "0.0.0"
edition = "2024"

[workspace]

[dependencies]
s2-sdk = "=${RUST_SDK}"
tokio = { version = "1", features = ["io-std", "macros", "rt"] }
futures = "0.3"

[profile.dev]
debug = false
`

/** Compiles the SDK and what it needs on the first run, which takes minutes. */
async function buildRust(workshop: Workshop): Promise<string | undefined> {
  const project = rustProject(workshop)
  if (!workshop.mayBuildRust && !existsSync(join(project, 'target/debug/calls')))
    return `the snippets for s2-sdk ${RUST_SDK} are not built here yet`
  const snippets = snippetFiles(workshop, 'rust')
  const main = readFileSync(driverFile(workshop, 'main.rs'), 'utf8')
  const sources = { ...snippets, 'main.rs': main, 'calls.rs': rustModules(Object.keys(snippets)) }
  writeChanged(join(project, 'src'), sources)
  writeChanged(project, { 'Cargo.toml': RUST_MANIFEST })
  const built = await workshop.command(['cargo', 'build', '--quiet'], {
    cwd: project,
    env: { ...quietEnvironment(), CARGO_TARGET_DIR: join(project, 'target') },
    seconds: 3600,
  })
  if (built.code === 0) return undefined
  throw new Error(`the snippets do not compile: ${built.stderr.trim().slice(-4000)}`)
}

/** A module for each snippet, and the function that runs one by name. */
function rustModules(files: readonly string[]): string {
  const names = files.map((file) => file.replace('.rs', ''))
  const moduleOf = (name: string): string => name.replaceAll('-', '_')
  const modules = names.map((name) => `#[path = "${name}.rs"]\nmod ${moduleOf(name)};`)
  const arms = names.map((name) => `        "${name}" => ${moduleOf(name)}::run().await,`)
  return `${modules.join('\n')}

pub async fn run(name: &str) -> Result<(), Box<dyn std::error::Error>> {
    match name {
${arms.join('\n')}
        _ => Err("no such snippet".into()),
    }
}
`
}

const snippetFiles = (workshop: Workshop, name: ClientName): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(snippetsOf(workshop, name)).map((file) => [
      file,
      readFileSync(join(snippetsOf(workshop, name), file), 'utf8'),
    ]),
  )

/** Writes the files that differ, so that compilers find the others unchanged; removes sources of earlier runs. */
function writeChanged(folder: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name)
    if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text)
  }
  for (const name of readdirSync(folder))
    if (/\.(go|rs)$/.test(name) && files[name] === undefined) rmSync(join(folder, name))
}

export const LANGUAGES: readonly Language[] = [
  {
    name: 'typescript',
    title: `TypeScript SDK ${TYPESCRIPT_SDK}`,
    needs: () => Promise.resolve(undefined),
    start: (workshop, options) =>
      startDriver([process.execPath, driverFile(workshop, 'driver.ts'), snippetsOf(workshop, 'typescript')], {
        ...options,
        cwd: workshop.root,
      }),
  },
  {
    name: 'python',
    title: `Python SDK ${PYTHON_SDK}`,
    needs: orNoProgram(installPython),
    start: (workshop, options) =>
      startDriver(
        [pythonOf(workshop), '-B', driverFile(workshop, 'driver.py'), snippetsOf(workshop, 'python')],
        {
          ...options,
          cwd: workshop.root,
        },
      ),
  },
  {
    name: 'go',
    title: `Go SDK ${GO_SDK}`,
    needs: orNoProgram(buildGo),
    start: startBuilt(goProject, 'calls'),
  },
  {
    name: 'rust',
    title: `Rust SDK ${RUST_SDK}`,
    needs: orNoProgram(buildRust),
    start: startBuilt(rustProject, 'target/debug/calls'),
  },
  { name: 'cli', title: `s2 CLI ${S2_CLI}`, needs: needS2, start: startCli },
]
