import type { Client } from './client.ts'
import { parseCargoTest } from './parse/cargo.ts'
import { type CrateTests, needTestPrograms, testPrograms } from './rust.ts'
import { needS2, s2Binary } from './s2-cli.ts'
import { LITE } from './setup.ts'
import { withTheRun } from './suite-results.ts'
import { S2_CLI } from './versions.ts'
import type { Workshop } from './workshop.ts'

/** The dependencies of the crate's tests alone, as its own manifest has them. */
const MANIFEST = `[package]
name = "s2-cli-tests"
version = "0.0.0"
edition = "2024"
build = false

[workspace]

[[test]]
name = "integration"
path = "tests/integration.rs"

[dev-dependencies]
assert_cmd = "2.2"
predicates = "3.1"
serial_test = "4.0"
tempfile = "3.27"
`

const testsOf = (workshop: Workshop): CrateTests => ({
  crate: 's2-cli',
  version: S2_CLI,
  tests: ['integration'],
  manifest: MANIFEST,
  // Where the tests find the program; cargo would say it of one that it builds itself.
  env: { CARGO_BIN_EXE_s2: s2Binary(workshop) },
})

export const cliTests: Client = {
  name: 'cli-tests',
  title: `s2 CLI ${S2_CLI}, its own tests`,
  setup: LITE,
  leastTests: 46,
  needs: async (workshop) =>
    (await needS2(workshop)) ?? (await needTestPrograms(testsOf(workshop), workshop)),
  async run({ env }, workshop) {
    const [program = ''] = testPrograms(testsOf(workshop), workshop)
    // One at a time, as the crate's own CI runs them.
    const run = await workshop.command([program, '--test-threads', '1'], {
      cwd: workshop.root,
      env,
      seconds: 900,
    })
    return withTheRun(parseCargoTest(run.stdout), run)
  },
}
