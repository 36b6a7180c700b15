import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Client } from './client.ts'
import { parseVitest } from './parse/vitest.ts'
import { withTheRun } from './suite-results.ts'

/** The story that `npm test` runs too; the SDK is a dev dependency. Each of its parts starts a server of its own. */
export const typescriptSdk: Client = {
  name: 'typescript-sdk',
  title: 'TypeScript SDK, our story',
  serverOptions: [],
  leastTests: 25,
  needs: () => Promise.resolve(undefined),
  async run({ env }, workshop) {
    const report = join(workshop.cached('typescript-sdk'), 'report.json')
    rmSync(report, { force: true })
    const run = await workshop.command(
      [process.execPath, ...VITEST, '--reporter=json', `--outputFile=${report}`],
      { cwd: workshop.root, env, seconds: 300 },
    )
    if (!existsSync(report)) return withTheRun([], run)
    return withTheRun(parseVitest(readFileSync(report, 'utf8')), run)
  },
}

const VITEST = ['node_modules/vitest/vitest.mjs', 'run', 'reference-server/sdk.story.test.ts']
