import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PACKAGE_ROOT } from '../../kit/package.ts'
import { parseLoadResult } from '../../reports/load/parse.ts'
import { startServer } from '../../verification/suite-mutants/server.ts'

const ENTRY = fileURLToPath(new URL('bin/s2-load.js', PACKAGE_ROOT))

describe('when the terminal goes', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 's2-load-test-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  /** Calls `signal` once the load is under way; returns what was written to stderr. */
  async function hangUp(
    target: readonly string[],
    signal: (child: ChildProcess, said: () => string) => Promise<void>,
  ): Promise<{ readonly code: unknown; readonly err: string }> {
    const args = ['run', ...target, '--duration', '60s', '--warmup', '0', '--catch-up', '0', '--progress']
    const child = spawn(process.execPath, [ENTRY, ...args, '--json', join(folder, 'run.json')], {
      stdio: ['ignore', 'ignore', 'pipe'],
      // Where what is launched keeps its data.
      env: { ...process.env, TMPDIR: folder },
    })
    let err = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text
    })
    const ended = once(child, 'exit')
    await expect.poll(() => err).toContain('appends')
    await signal(child, () => err)
    const [code] = await ended
    return { code, err }
  }

  const hangsUp = async (child: ChildProcess): Promise<void> => void child.kill('SIGHUP')

  /** The kernel and the shell both send it: the second one comes while the run ends, or when it has ended. */
  const hangsUpTwice = async (child: ChildProcess, said: () => string): Promise<void> => {
    child.kill('SIGHUP')
    await expect.poll(said).toContain('stopping and cleaning up')
    child.kill('SIGHUP')
  }

  /** A process that is stopped takes both signals when it goes on, before it runs any of its own code. */
  const interruptsTwice = async (child: ChildProcess): Promise<void> => {
    const state = (): string =>
      spawnSync('ps', ['-o', 'state=', '-p', String(child.pid)], { encoding: 'utf8' }).stdout
    child.kill('SIGSTOP')
    await expect.poll(state).toMatch(/^T/)
    child.kill('SIGINT')
    child.kill('SIGTERM')
    child.kill('SIGCONT')
  }

  test('a run tells what it has, and leaves no basin behind', async () => {
    const server = await startServer()
    try {
      const basins = async (): Promise<unknown> => {
        const answer = await fetch(`${server.url}/v1/basins`, { headers: { authorization: 'Bearer x' } })
        return Object(await answer.json()).basins
      }
      const active = expect.objectContaining({ deleted_at: null })
      const { code } = await hangUp(['--endpoint', server.url], async (child, said) => {
        expect(await basins()).toContainEqual(active)
        await hangsUpTwice(child, said)
      })
      expect(code).toBe(3)
      expect(parseLoadResult(await readFile(join(folder, 'run.json'), 'utf8')).interrupted).toBe(true)
      // One that is deleted is listed for a while.
      expect(await basins()).not.toContainEqual(active)
    } finally {
      await server.stop()
    }
  })

  test('and no data of a server that it has launched', async () => {
    const { code } = await hangUp([], hangsUp)
    expect(code).toBe(3)
    expect(await readdir(folder)).not.toContainEqual(expect.stringMatching(/^s2-conformance-/))
  })

  test('a second Ctrl-C says which basins it leaves', async () => {
    const server = await startServer()
    try {
      const { code, err } = await hangUp(['--endpoint', server.url], interruptsTwice)
      expect(code).toBe(130)
      expect(err).toMatch(
        /may be left behind: --json: the file \S+ was not written[^;]*; on http:\S+, \d basins?: s2c-[a-z0-9]+-1\b/,
      )
    } finally {
      await server.stop()
    }
  })
})
