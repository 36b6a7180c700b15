import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, expect, test } from 'vitest'
import { root } from './markdown.ts'

let directory: string
let server: ChildProcess | undefined

afterEach(async () => {
  if (server?.exitCode === null && server.signalCode === null) {
    server.kill()
    await once(server, 'exit')
  }
  rmSync(directory, { recursive: true })
})

/** Returns the modes of the files in the directory that group or others can read. */
const readableByOthers = (): readonly string[] =>
  readdirSync(directory).filter((name) => (statSync(join(directory, name)).mode & 0o077) !== 0)

test('the files of the server are for its owner alone, also in a directory that others can read', async () => {
  directory = mkdtempSync(join(tmpdir(), 's2-private-'))
  chmodSync(directory, 0o755)
  const command = [join(root, 'bin/s2-reference-server.js'), '--port', '0', '--data-dir', directory]
  server = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] })
  if (server.stdout === null) throw new Error('there is no stdout')
  await once(createInterface(server.stdout), 'line')
  expect(readdirSync(directory).length).toBeGreaterThan(3)
  expect(readableByOthers()).toEqual([])
  expect(statSync(directory).mode & 0o777).toBe(0o755)
})
