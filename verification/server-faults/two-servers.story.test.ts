import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { batch } from '../../client/records.ts'
import { type LaunchedServer, launchServer, serverCommand } from './launched-server.ts'

let directory: string
let server: LaunchedServer

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 's2-two-'))
  server = await launchServer(directory, 'exec ')
})

afterEach(async () => {
  await server?.continue()
  await server?.dispose()
  await rm(directory, { recursive: true })
})

/** A second server on the same directory: how it ended, and its last words. */
function startAnother(): { readonly status: number | null; readonly stderr: string } {
  const [command = '', ...args] = serverCommand(directory, '0')
  return spawnSync(command, args, { encoding: 'utf8', timeout: 240_000 })
}

test('a directory has one server: a second does not start, however still the first one is (DUR-008)', async () => {
  const { expect: check, newStream } = server.context
  const stream = await newStream()
  check.ok(await stream.append(batch('a')))
  const refused = { status: 3, stderr: expect.stringContaining('another process uses it') }
  expect(startAnother()).toMatchObject(refused)
  await server.pause()
  expect(startAnother()).toMatchObject(refused)
  await server.continue()
  expect(check.ok(await stream.append(batch('b'))).start.seqNum).toBe(1n)
  await server.kill()
  await server.start()
  expect(check.ok(await stream.checkTail()).seqNum).toBe(2n)
})
