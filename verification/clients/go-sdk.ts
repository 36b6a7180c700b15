import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Client } from './client.ts'
import { NoSuchProgram } from './command.ts'
import { parseGoTest } from './parse/go.ts'
import { HOSTED, LITE } from './setup.ts'
import { withTheRun } from './suite-results.ts'
import { GO_SDK } from './versions.ts'
import { quietEnvironment, type Workshop } from './workshop.ts'

const MODULE = 'github.com/s2-streamstore/s2-sdk-go'
const PACKAGE = `${MODULE}/s2`
const MANIFEST = `module s2-conformance/go-sdk\n\ngo 1.23\n\nrequire ${MODULE} ${GO_SDK}\n`

/** The SDK module's own tests, of the version that Go's module proxy serves. */
const suite = (of: Pick<Client, 'name' | 'title' | 'setup' | 'leastTests'>, more: GoOptions): Client => ({
  ...of,
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
      ['go', 'test', '-mod=mod', '-json', '-count=1', '-timeout=10m', ...more.flags, PACKAGE],
      {
        cwd: projectOf(workshop),
        env: { ...env, ...more.env(url) },
        seconds: 900,
      },
    )
    return withTheRun(parseGoTest(run.stdout), run)
  },
})

interface GoOptions {
  readonly flags: readonly string[]
  readonly env: (url: string) => NodeJS.ProcessEnv
}

export const goSdk: Client = suite(
  {
    name: 'go-sdk',
    title: `Go SDK ${GO_SDK}, its own tests`,
    setup: HOSTED,
    leastTests: 390,
  },
  { flags: [], env: () => ({}) },
)

/** As the SDK's own CI runs them against s2-lite: less what that does not have, and with one test more. */
export const goSdkLite: Client = suite(
  {
    name: 'go-sdk-lite',
    title: `Go SDK ${GO_SDK}, its own tests`,
    setup: LITE,
    leastTests: 305,
  },
  {
    flags: ['-skip=Locations|WithLocation|WithDefaultLocation|Metrics|AccessToken|Client_InvalidToken'],
    env: (url) => ({ S2_LITE_ENDPOINT: url }),
  },
)

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
