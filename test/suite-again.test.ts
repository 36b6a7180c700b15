import { spawnSync } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const SCRIPT = fileURLToPath(new URL('../scripts/suite.sh', import.meta.url))

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 's2-suite-test-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** Runs the script with an `npm` that records its arguments, and exits with `first` and from then on with `second`. */
async function suite(verdicts: Readonly<Record<string, string>>, first: number, second = 0) {
  const results = Object.entries(verdicts).map(([id, verdict]) => ({ id, verdict }))
  const npm = `#!/bin/sh
echo "$*" >>"${folder}/calls"
[ "$(wc -l <"${folder}/calls")" -eq 1 ] || exit ${second}
for last; do :; done
echo '${JSON.stringify({ results })}' >"$last"
exit ${first}
`
  await writeFile(join(folder, 'npm'), npm)
  await chmod(join(folder, 'npm'), 0o755)
  const { status, stdout } = spawnSync(SCRIPT, ['--profile', 's2-lite', '--only', 'X-*'], {
    encoding: 'utf8',
    env: { ...process.env, PATH: `${folder}:${process.env.PATH}` },
  })
  const calls = (await readFile(join(folder, 'calls'), 'utf8')).trim().split('\n')
  return { status, stdout, calls }
}

describe('a run of the suite in CI', () => {
  test('runs inconclusive rows a second time, one at a time, and prints their ids', async () => {
    const { status, stdout, calls } = await suite({ A: 'pass', B: 'inconclusive', C: 'inconclusive' }, 3)
    expect(status).toBe(0)
    expect(stdout).toContain('inconclusive rows, run a second time, one at a time: B C\n')
    expect(calls.slice(1)).toEqual(['start --silent -- --profile s2-lite --only B --only C --concurrency 1'])
  })

  test('fails when they are inconclusive again', async () => {
    const { status, calls } = await suite({ A: 'pass', B: 'inconclusive' }, 3, 3)
    expect(status).toBe(3)
    expect(calls).toHaveLength(2)
  })

  test.each([
    ['all pass', { A: 'pass' }, 0],
    ['a row fails', { A: 'fail', B: 'inconclusive' }, 1],
    ['a row is in error', { A: 'error', B: 'inconclusive' }, 3],
    ['a row is not run', { A: 'not-run', B: 'inconclusive' }, 3],
    ['no row is inconclusive', { A: 'pass' }, 3],
  ])('is not repeated where %s', async (_what, verdicts, first) => {
    const { status, calls } = await suite(verdicts, first)
    expect(status).toBe(first)
    expect(calls).toHaveLength(1)
  })
})
