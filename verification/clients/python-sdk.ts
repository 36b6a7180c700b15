import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Client } from './client.ts'
import { NoSuchProgram } from './command.ts'
import { parseUnittest } from './parse/unittest.ts'
import { HOSTED_AT_ONCE } from './setup.ts'
import { withTheRun } from './suite-results.ts'
import { PYTHON_SDK } from './versions.ts'
import { quietEnvironment, type Workshop } from './workshop.ts'

/** The SDK has no tests that need a server, so the story is ours; its last test finds no call left out. */
export const pythonSdk: Client = {
  name: 'python-sdk',
  title: `Python SDK ${PYTHON_SDK}, our story`,
  setup: HOSTED_AT_ONCE,
  leastTests: 47,
  async needs(workshop) {
    try {
      return await installPython(workshop)
    } catch (error) {
      if (error instanceof NoSuchProgram) return error.message
      throw error
    }
  },
  async run({ env }, workshop) {
    const run = await workshop.command([pythonOf(workshop), '-B', '-m', 'unittest', '-v', 'story'], {
      cwd: join(workshop.root, 'verification/clients/python'),
      env,
      seconds: 300,
    })
    return withTheRun(parseUnittest(run.stderr), run)
  },
}

const environmentOf = (workshop: Workshop): string => workshop.cached(`python-sdk-${PYTHON_SDK}`)

/** The Python that has the SDK. */
export const pythonOf = (workshop: Workshop): string => join(environmentOf(workshop), 'bin/python')

const OLDEST = [3, 11] as const

/** Installs the SDK in an environment of its own. Resolves to the reason where this machine cannot. */
export async function installPython(workshop: Workshop): Promise<string | undefined> {
  const directory = environmentOf(workshop)
  const options = { cwd: directory, env: quietEnvironment(), seconds: 300 }
  const old = await workshop.command(
    ['python3', '-c', `import sys; sys.exit(sys.version_info < (${OLDEST.join(', ')}))`],
    options,
  )
  if (old.code !== 0) return `the Python SDK needs Python ${OLDEST.join('.')} or newer`
  if (!existsSync(pythonOf(workshop))) {
    const made = await workshop.command(['python3', '-m', 'venv', directory], options)
    if (made.code !== 0)
      return `Python cannot make a virtual environment: ${lastLine(made.stdout + made.stderr)}`
  }
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `s2-sdk==${PYTHON_SDK}`]
  const installed = await workshop.command([pythonOf(workshop), ...pip], options)
  if (installed.code === 0) return undefined
  if (installed.stderr.includes('No matching distribution'))
    return `the package index does not serve s2-sdk ${PYTHON_SDK}`
  throw new Error(`pip cannot install s2-sdk ${PYTHON_SDK}: ${installed.stderr.trim()}`)
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? ''
