import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Io } from '../../kit/cli/command.ts'
import { TIME_LIMIT_OPTION } from '../../kit/cli/time-limit.ts'
import { TimeSpent } from '../../kit/run-ended.ts'
import { quietIo } from '../../kit/testing/quiet-io.ts'
import { parseLoadResult } from '../../reports/load/parse.ts'
import { startServer, type TestServer } from '../../verification/suite-mutants/server.ts'
import { COMMANDS, run } from '../main.ts'

let folder: string
let server: TestServer

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 's2-time-limit-'))
  server = await startServer()
})
afterAll(async () => {
  await server.stop()
  await rm(folder, { recursive: true })
})

async function play(args: readonly string[], more: Partial<Io> = {}) {
  let [out, err] = ['', '']
  const io = {
    ...quietIo,
    env: { PATH: process.env.PATH, XDG_CACHE_HOME: folder },
    cwd: folder,
    out: (text: string) => {
      out += text
    },
    err: (text: string) => {
      err += text
    },
    ...more,
  }
  return { code: await run(args, io), out, err }
}

test('every command that sends requests takes a time limit', () => {
  const sending = COMMANDS.filter(({ options }) => options.includes(TIME_LIMIT_OPTION))
  expect(sending.map(({ name }) => name)).toEqual(['run', 'capacity', 'ab', 'calibrate'])
})

test.each(['run', 'capacity', 'ab', 'calibrate'])('%s refuses a limit that is none', async (command) => {
  const { code, err } = await play([command, '--max-seconds', 'soon'])
  expect([code, err]).toEqual([2, 's2-load: --max-seconds is a whole number from 1 to 1000000, not "soon"\n'])
})

describe('when the time is over', () => {
  const load = ['--rate', '100', '--duration', '60s', '--warmup', '0', '--catch-up', '0']

  test('run reports what it has, and does not succeed even where SUSPECT may', async () => {
    const file = join(folder, 'run.json')
    const target = ['--endpoint', server.url, '--progress', '--allow-suspect', '--json', file]
    // As the limit does it, at a moment when there is something to report.
    const over = new AbortController()
    const { code } = await play(['run', ...load, ...target], {
      interrupted: over.signal,
      err: (text) => void (text.includes('appends') && over.abort(new TimeSpent(3))),
    })
    expect(parseLoadResult(await readFile(file, 'utf8')).interrupted).toBe(true)
    expect(code).toBe(3)
  })

  test('calibrate keeps nothing', async () => {
    const { code, err } = await play(['calibrate', '--duration', '60s', '--max-seconds', '1'])
    expect(code).toBe(3)
    expect(err).toBe(
      's2-load: the time limit of 1 s (--max-seconds) is over: stopping and cleaning up\n' +
        's2-load: the time of 1 s was used up before anything was judged\n',
    )
  })
})
