import { execFileSync, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Given } from '../../kit/cli/command.ts'
import { quietIo } from '../../kit/testing/quiet-io.ts'
import { TIMED } from '../measure/board.ts'
import { NO_COUNTS } from '../measure/counts.ts'
import type { Look } from '../measure/interval-lines.ts'
import { recordOf } from '../record-of.ts'
import { type IntervalLogs, intervalLogs } from './interval-logs.ts'

let folder: string
let pipe: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 's2-hlog-test-'))
  pipe = join(folder, 'pipe')
})
afterEach(() => rm(folder, { recursive: true }))

const given: Given = { all: () => [pipe], text: () => pipe, flag: () => false, operands: [] }
const look = (at: number): Look => ({ at, numbers: { timed: recordOf(TIMED, () => NO_COUNTS) } })

describe.skipIf(process.platform === 'win32')('--hlog with a pipe that has a name', () => {
  beforeEach(() => void execFileSync('mkfifo', [pipe]))

  test('is refused where no process reads from it', async () => {
    await expect(intervalLogs(given, quietIo)).rejects.toThrow(
      `--hlog: the file ${pipe} cannot be written: no process reads from this pipe`,
    )
  })

  /** Resolves once the reader has opened the pipe. */
  async function logsTo(): Promise<IntervalLogs> {
    let logs: IntervalLogs | undefined
    await expect
      .poll(async () => (logs ??= await intervalLogs(given, quietIo).catch(() => undefined)))
      .toBeDefined()
    return logs ?? expect.fail('the pipe has no reader')
  }

  test('gets every line', async () => {
    const reader = spawn('cat', [pipe], { stdio: ['ignore', 'pipe', 'inherit'] })
    const received = text(reader.stdout)
    const logs = await logsTo()
    for (const at of [0, 1, 2]) logs.tick(look(at))
    expect(await logs.wrote(quietIo)).toBe(true)
    expect((await received).split('\n')[0]).toBe('#[Histogram log format version 1.3]')
  })

  test('does not wait for a reader that has gone, and reports it', async () => {
    const reader = spawn('sh', ['-c', `exec 3<${pipe}; exec sleep 1000`])
    const logs = await logsTo()
    const exited = new Promise((resolve) => reader.once('exit', resolve))
    reader.kill()
    await exited
    for (const at of [0, 1, 2]) logs.tick(look(at))
    const errors: string[] = []
    expect(await logs.wrote({ err: (line) => void errors.push(line) })).toBe(false)
    expect(errors.join('')).toMatch(/^s2-load: --hlog: the file \S+ could not be written: .*EPIPE/)
  })
})
