import type { Client } from './client.ts'
import { parseBench } from './parse/bench.ts'
import { needS2, s2Binary } from './s2-cli.ts'
import { LITE } from './setup.ts'
import { withTheRun } from './suite-results.ts'
import { S2_CLI } from './versions.ts'

const BASIN = 'bench-of-the-cli'

/** A writer, a reader at its heels and one that catches up, and a chain of hashes that shows loss, repeats and disorder. */
export const bench: Client = {
  name: 'bench',
  title: `s2 bench ${S2_CLI}`,
  setup: LITE,
  leastTests: 3,
  needs: needS2,
  async run({ env }, workshop) {
    const options = { cwd: workshop.root, env, seconds: 120 }
    const created = await workshop.command([s2Binary(workshop), 'create-basin', BASIN], options)
    if (created.code !== 0) return withTheRun([], created)
    // Ten MiB a second for five seconds, and no wait before the second reader.
    const run = await workshop.command(
      [s2Binary(workshop), 'bench', BASIN, '-t', '10', '-d', '5s', '-w', '0s'],
      options,
    )
    return withTheRun(parseBench(run.stderr), run)
  },
}
