import type { Client, TestResult } from './client.ts'
import { parseCargoTest } from './parse/cargo.ts'
import { type CrateTests, needTestPrograms, testPrograms } from './rust.ts'
import { withTheRun } from './suite-results.ts'
import { RUST_SDK } from './versions.ts'

const TESTS: CrateTests = {
  crate: 's2-sdk',
  version: RUST_SDK,
  tests: ['account_ops', 'basin_ops', 'stream_ops', 'metrics_ops'],
}

export const rustSdk: Client = {
  name: 'rust-sdk',
  title: `Rust SDK ${RUST_SDK}, its own tests`,
  serverOptions: ['--auth'],
  leastTests: 250,
  needs: (workshop) => needTestPrograms(TESTS, workshop),
  async run({ env }, workshop) {
    const results: TestResult[] = []
    for (const program of testPrograms(TESTS, workshop)) {
      const run = await workshop.command([program], { cwd: workshop.root, env, seconds: 600 })
      results.push(...withTheRun(parseCargoTest(run.stdout), run))
    }
    return results
  },
}
