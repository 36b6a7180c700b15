import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startServer } from '../../conformance/defects/server.ts'
import { parseLoadResult } from '../../reports/load/parse.ts'
import { run } from '../main.ts'

/** Enough for a machine that is busy with something else to be ready by then. */
const LATER_MS = 6000

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
    const startAt = new Date(Date.now() + LATER_MS).toISOString()
    const load = ['--rate', '200', '--duration', '1s', '--warmup', '0', '--allow-suspect', '--json', file]
    const code = await run(['run', '--endpoint', server.url, '--start-at', startAt, ...load], io)
    expect({ code, err: said.err }).toEqual({ code: 0, err: '' })
    const result = parseLoadResult(await readFile(file, 'utf8'))
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
