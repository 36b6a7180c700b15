import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type HostileServer, type Hostility, startHostile } from '../../client/testing/hostile-server.ts'
import { TIME_LIMIT_OPTION } from '../../kit/cli/time-limit.ts'
import { startServer } from '../../verification/suite-mutants/server.ts'
import { COMMANDS } from '../main.ts'
import { runConformance } from '../run-conformance.ts'
import { play } from '../testing/play.ts'

/** Never answers a check; only what prepares a run and cleans up after it. */
const silentToChecks: Hostility = (response, { method }) => {
  if (method === 'DELETE') response.writeHead(204).end()
}
const PREPARATION = 9

let folder: string
let target: HostileServer

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 's2-time-limit-'))
})
afterAll(() => rm(folder, { recursive: true }))

test('every command that sends requests takes a time limit', () => {
  const sending = COMMANDS.filter(({ options }) => options.some(({ name }) => name === 'endpoint'))
  expect(sending.map(({ name }) => name)).toEqual(['run', 'replay', 'history', 'durability'])
  for (const { options } of sending) expect(options).toContain(TIME_LIMIT_OPTION)
})

describe('when the time is over', () => {
  const only = ['TAIL-*']

  test('run reports what it has, and what was not run and why', async () => {
    target = await startHostile(silentToChecks, PREPARATION)
    const file = join(folder, 'run.json')
    const args = ['--endpoint', target.origin, '--concurrency', '1', '--max-seconds', '2', '--json', file]
    const { code, out, err } = await play(['run', ...only, ...args])
    await target.close()
    expect(code).toBe(3)
    expect(err).toBe(
      's2-conformance: the time limit of 2 s (--max-seconds) is over: stopping and cleaning up\n',
    )
    expect(out).toContain('note      the time of 2 s was used up: the result is partial')
    const { results } = JSON.parse(await readFile(file, 'utf8')) as {
      readonly results: readonly { readonly verdict: string; readonly reason?: string }[]
    }
    const why = 'the run ended before the check began: the time of 2 s was used up'
    expect(results.filter(({ verdict }) => verdict === 'not-run').map(({ reason }) => reason)).toContain(why)
  })

  test('the library does the same', async () => {
    target = await startHostile(silentToChecks, PREPARATION)
    const { outcome, notes } = await runConformance(target.origin, { only, maxSeconds: 2, concurrency: 1 })
    await target.close()
    expect(outcome).toBe('inconclusive')
    expect(notes).toContain('the time of 2 s was used up: the result is partial')
  })

  test('a target that is not reached yet is one sentence', async () => {
    target = await startHostile(() => {}, 0)
    const { code, out, err } = await play(['run', '--endpoint', target.origin, '--max-seconds', '1'])
    await target.close()
    expect([code, out]).toEqual([3, ''])
    const sentence = `the time of 1 s was used up before anything was judged of ${target.origin}`
    expect(err).toContain(`s2-conformance: ${sentence}\n`)
  })

  test('history judges nothing more than what there is', async () => {
    const server = await startServer()
    const args = ['--endpoint', server.url, '--ops', '1000000', '--max-seconds', '2']
    const { code, out } = await play(['history', ...args], { cwd: folder })
    await server.stop()
    expect(code).toBe(3)
    expect(out).toContain('note: the time of 2 s was used up: this is what there was until then')
    expect(out).toContain('inconclusive: the time of 2 s was used up')
  })
})
