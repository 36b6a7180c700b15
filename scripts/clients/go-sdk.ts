import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Client } from './client.ts'
import { NoSuchProgram } from './command.ts'
import { parseGoTest } from './parse/go.ts'
import { withTheRun } from './suite-results.ts'
import { GO_SDK } from './versions.ts'
import { quietEnvironment, type Workshop } from './workshop.ts'

const MODULE = 'github.com/s2-streamstore/s2-sdk-go'
const PACKAGE = `${MODULE}/s2`
const MANIFEST = `module s2-conformance/go-sdk\n\ngo 1.23\n\nrequire ${MODULE} ${GO_SDK}\n`

/** The SDK module's own tests, of the version that Go's module proxy serves. */
export const goSdk: Client = {
  name: 'go-sdk',
  title: `Go SDK ${GO_SDK}, its own tests`,
  serverOptions: [],
  leastTests: 380,
  async needs(workshop) {
    try {
      return await install(workshop)
    } catch (error) {
      if (error instanceof NoSuchProgram) return error.message
      throw error
    }
  },
  async run({ url, env }, workshop) {
    const run = await workshop.command(
      ['go', 'test', '-mod=mod', '-json', '-count=1', '-timeout=10m', PACKAGE],
      {
        cwd: projectOf(workshop),
        // Turns on the test that s2-lite alone can pass.
        env: { ...env, S2_LITE_ENDPOINT: url },
        seconds: 900,
      },
    )
    return withTheRun(parseGoTest(run.stdout), run)
  },
}

const projectOf = (workshop: Workshop): string => workshop.cached(`go-sdk-${GO_SDK}`)

/** Go tests a package of another module from within a project that requires it. */
async function install(workshop: Workshop): Promise<string | undefined> {
  const project = projectOf(workshop)
  const manifest = join(project, 'go.mod')
  if (!existsSync(manifest)) writeFileSync(manifest, MANIFEST)
  const options = { cwd: project, env: quietEnvironment(), seconds: 600 }
  const got = await workshop.command(['go', 'list', '-mod=mod', '-deps', '-test', PACKAGE], options)
  if (got.code === 0) return undefined
  if (/: (403 Forbidden|404 Not Found|410 Gone)/.test(got.stderr)) {
    return `the Go module proxy does not serve ${MODULE} ${GO_SDK}`
  }
  throw new Error(`go finds no ${PACKAGE}: ${got.stderr.trim()}`)
}
