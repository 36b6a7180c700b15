/**
 * `npm run verify -- workflows [NAME...]`: runs the jobs of the example workflows on this machine, step by step, with servers of its
 * own in place of the user's. A job that needs a Docker engine is reported as skipped where there is none.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { broken, conformance, loadGate, type Scenario, serviceContainer, stoppedGate } from './scenarios.ts'

const root = resolve(import.meta.dirname, '../..')
const SCENARIOS: readonly Scenario[] = [conformance, broken, loadGate, stoppedGate, serviceContainer]

const [...names] = process.argv.slice(2)
const unknown = names.filter((name) => SCENARIOS.every((scenario) => scenario.name !== name))
if (unknown.length > 0) {
  process.stderr.write(
    `there is no workflow ${unknown.join(', ')}: ${SCENARIOS.map(({ name }) => name).join(', ')}\n`,
  )
  process.exit(2)
}
const chosen = SCENARIOS.filter(({ name }) => names.length === 0 || names.includes(name))
const work = mkdtempSync(join(tmpdir(), 's2-workflows-'))
const action = join(work, 'action')
let failed = 0
try {
  // As GitHub checks out an action: without what is not committed, and without dependencies.
  mkdirSync(action)
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
  for (const file of files.split('\0').filter((path) => existsSync(join(root, path))))
    cpSync(join(root, file), join(action, file), { recursive: true })
  for (const scenario of chosen) {
    const begin = Date.now()
    const problem = await scenario.run({ action, work: join(work, scenario.name), text: readText })
    if (problem !== undefined && !problem.startsWith('SKIPPED')) failed += 1
    const seconds = Math.round((Date.now() - begin) / 1000)
    process.stdout.write(`${problem ?? 'ok'}  ${scenario.name}, ${seconds} s\n`)
  }
} finally {
  rmSync(work, { recursive: true, force: true })
}
process.exitCode = failed === 0 ? 0 : 1

function readText(workflow: string): string {
  return readFileSync(join(root, 'examples/workflows', `${workflow}.yml`), 'utf8')
}
