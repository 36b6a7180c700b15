import type { Client, Served, TestResult } from './client.ts'
import { parseCargoTest } from './parse/cargo.ts'
import { type CrateTests, needTestPrograms, testPrograms } from './rust.ts'
import { LITE } from './setup.ts'
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
  setup: LITE,
  leastTests: 160,
  needs: (workshop) => needTestPrograms(TESTS, workshop),
  async run(server, workshop) {
    await issueToken(server)
    const results: TestResult[] = []
    for (const program of testPrograms(TESTS, workshop)) {
      const run = await workshop.command([program], { cwd: workshop.root, env: server.env, seconds: 600 })
      results.push(...withTheRun(parseCargoTest(run.stdout), run))
    }
    return results
  },
}

/** Its test of a listing's limit wants an account that has a token, as that has with which the SDK's CI comes. */
async function issueToken({ url, env }: Served): Promise<void> {
  const issued = await fetch(`${url}/v1/access-tokens`, {
    method: 'POST',
    headers: { authorization: `Bearer ${env.S2_ACCESS_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ id: 'there-before', scope: { op_groups: { account: { read: true } } } }),
  })
  if (!issued.ok) throw new Error(`no token could be issued: ${issued.status} ${await issued.text()}`)
}
