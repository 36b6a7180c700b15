import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Client } from './client.ts'
import { parseVitest } from './parse/vitest.ts'
import { HOSTED_AT_ONCE } from './setup.ts'
import { withTheRun } from './suite-results.ts'
import { TYPESCRIPT_SDK } from './versions.ts'

/** The stories that `npm test` tells of the SDK that is a dev dependency; the last test of each finds no call of its part left out. */
export const typescriptSdk: Client = {
  name: 'typescript-sdk',
  title: `TypeScript SDK ${TYPESCRIPT_SDK}, our story`,
  setup: HOSTED_AT_ONCE,
  leastTests: 66,
  needs: () => Promise.resolve(undefined),
  async run({ url, env }, workshop) {
    const report = join(workshop.cached('typescript-sdk'), 'report.json')
    rmSync(report, { force: true })
    const run = await workshop.command(
      [process.execPath, ...VITEST, '--reporter=json', `--outputFile=${report}`],
      {
        cwd: workshop.root,
        env: { ...env, S2_STORY_ENDPOINT: url, S2_STORY_TOKEN: env.S2_ACCESS_TOKEN },
        seconds: 300,
      },
    )
    if (!existsSync(report)) return withTheRun([], run)
    return withTheRun(parseVitest(readFileSync(report, 'utf8')), run)
  },
}

const VITEST = ['node_modules/vitest/vitest.mjs', 'run', 'reference-server/sdk-']
