import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseLoadResult } from '../../reports/load/parse.ts'
import { startServer } from '../../verification/suite-mutants/server.ts'
import { run } from '../main.ts'
import { exitCode } from './exit-code.ts'

/** How far ahead the moment is; doubled while the machine is not ready by then. */
const FIRST_LEAD_MS = 2000
const LONGEST_LEAD_MS = 64_000

test('a load begins at the moment that was agreed on, and says so', async () => {
  const folder = await mkdtemp(join(tmpdir(), 's2-load-test-'))
  const server = await startServer()
  const said = { out: '', err: '' }
  const io = {
    out(text: string) {
      said.out += text
    },
    err(text: string) {
      said.err += text
    },
    env: {},
    isInteractive: false,
    width: 120,
    colour: false,
    interrupted: new AbortController().signal,
    cwd: '/',
  }
  try {
    const file = join(folder, 'run.json')
    const load = ['--rate', '200', '--duration', '1s', '--warmup', '0', '--allow-suspect', '--json', file]
    let startAt = ''
    let code = 0
    for (let leadMs = FIRST_LEAD_MS; leadMs <= LONGEST_LEAD_MS; leadMs *= 2) {
      startAt = new Date(Date.now() + leadMs).toISOString()
      said.out = ''
      said.err = ''
      code = await run(['run', '--endpoint', server.url, '--start-at', startAt, ...load], io)
      if (said.out !== '') break
      // A machine that is not ready in time does not begin late instead.
      expect(said.err).toMatch(/all was ready .* after the moment|is past: it is/)
    }
    expect(said.err).toBe('')
    const result = parseLoadResult(await readFile(file, 'utf8'))
    // Whatever the numbers of a busy machine are worth, the moment is held to.
    expect(code).toBe(exitCode(result, true))
    expect(result.integrity.verdict).toBe('verified')
    expect(result.startAt).toBe(startAt)
    expect(Math.abs(Date.parse(result.started) - Date.parse(startAt))).toBeLessThanOrEqual(1)
    expect(result.latencies.response?.count).toBe(200)
    expect(said.out).toContain(`begun at ${startAt} as was agreed`)
    const late = ['--start-at', new Date(Date.now() - 1000).toISOString()]
    expect(await run(['run', '--endpoint', server.url, ...late], io)).toBe(2)
    expect(said.err).toContain('is past: it is ')
  } finally {
    await server.stop()
    await rm(folder, { recursive: true })
  }
})
