/**
 * The flavor `lite` beside the s2-lite that it stands for: `npm run verify -- parity` sends both the same thousands of requests, odd
 * ones for the most part, and prints every answer that differs in more than times and words. Needs the binary that
 * `scripts/install-s2-lite.sh` builds. The exit code is 0 only if nothing differs. Options go to our server: with
 * `npm run verify -- parity --flavor hosted` it shows where the flavors differ.
 */

import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { createProcessLauncher } from '../../client/launch/process.ts'
import { shellQuote } from '../../kit/text/shell-word.ts'
import { corpus } from './corpus.ts'
import { type Answer, ask, type Request } from './request.ts'

process.chdir(resolve(import.meta.dirname, '../..'))
const build = spawnSync('bash', ['scripts/install-s2-lite.sh'], { stdio: ['ignore', 'pipe', 'inherit'] })
const binary = build.stdout.toString().trim()
if (build.status !== 0 || binary === '') process.exit(build.status ?? 1)

const ours = [process.execPath, 'bin/s2-reference-server.js', ...process.argv.slice(2)]
  .map(shellQuote)
  .concat('--port {port}')
  .join(' ')

const launchers = await Promise.all(
  [`${binary} lite --port {port}`, ours].map((command) =>
    createProcessLauncher({ command, env: { ...process.env } }),
  ),
)
const interrupted = new AbortController()
process.once('SIGINT', () => interrupted.abort(new Error('interrupted')))
try {
  await Promise.all(launchers.map((launcher) => launcher.start(interrupted.signal)))
  process.exitCode =
    (await compareAll(launchers.map(({ endpoints }) => endpoints.account.origin))) === 0 ? 0 : 1
} finally {
  await Promise.all(launchers.map((launcher) => launcher.dispose()))
}

/** How many answers differ. */
async function compareAll([lite = '', ours = '']: readonly string[]): Promise<number> {
  let differing = 0
  for (const request of corpus) {
    interrupted.signal.throwIfAborted()
    const [expected, came] = await Promise.all([ask(lite, request), ask(ours, request)])
    if (JSON.stringify(expected) === JSON.stringify(came)) continue
    differing++
    process.stdout.write(difference(request, expected, came))
  }
  process.stdout.write(`${corpus.length} requests, ${differing} answered differently\n`)
  return differing
}

function difference({ method, path, headers, body }: Request, expected: Answer, came: Answer): string {
  const sent = `${method} ${path} ${JSON.stringify(headers)} ${body ?? ''}`
  return [sent, `  s2-lite  ${JSON.stringify(expected)}`, `  ours     ${JSON.stringify(came)}`]
    .map((line) => `${line.slice(0, 400)}\n`)
    .join('')
}
