import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { shellQuote } from '../../kit/text/shell-word.ts'
import { singleEndpoint } from '../endpoints.ts'
import { startStub } from '../testing/stub-server.ts'
import { answersHealth } from './health.ts'
import type { Launcher } from './launcher.ts'
import { createProcessLauncher, type ProcessOptions } from './process.ts'

const never = new AbortController().signal

/** Answers /health, writes its pid and that of a child of its own, and says goodbye on SIGTERM. */
const SERVER = `
import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { writeFileSync } from 'node:fs'
const [port, pidFile] = process.argv.slice(2)
const child = spawn('sleep', ['1000'])
writeFileSync(pidFile, process.pid + ' ' + child.pid)
console.log('up on ' + port)
process.on('SIGTERM', () => {
  child.kill()
  setTimeout(() => { writeFileSync(pidFile, 'drained'); process.exit(0) }, 50)
})
createServer((request, response) => response.end('OK')).listen(Number(port), '127.0.0.1')
`

let folder: string
let pidFile: string
let script: string
const launchers: Launcher[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 's2-launch-test-'))
  pidFile = join(folder, 'pids')
  script = join(folder, 'server.mjs')
  writeFileSync(script, SERVER)
})
afterEach(async () => {
  for (const launcher of launchers.splice(0)) await launcher.dispose()
  await rm(folder, { recursive: true })
})

async function launch(command: string, more: Partial<ProcessOptions> = {}): Promise<Launcher> {
  const launcher = await createProcessLauncher({ command, env: process.env, readySeconds: 20, ...more })
  launchers.push(launcher)
  return launcher
}

const serverCommand = (): string =>
  [process.execPath, script, '{port}', pidFile]
    .map((word) => (word === '{port}' ? word : shellQuote(word)))
    .join(' ')

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    // A zombie still has its pid.
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

/** One request may get no answer in time on a busy machine, so that another is sent. */
async function answers({ endpoints }: Launcher): Promise<void> {
  await expect.poll(() => answersHealth(endpoints, never)).toBe(true)
}

async function untilDead(pids: readonly number[]): Promise<void> {
  await expect.poll(() => pids.filter(isAlive)).toEqual([])
}

const pids = (): number[] => readFileSync(pidFile, 'utf8').split(' ').map(Number)

describe('a launched process', () => {
  test('is ready when start resolves, and killed with all its children', async () => {
    const launcher = await launch(serverCommand())
    await launcher.start(never)
    await answers(launcher)
    const group = pids()
    expect(group.every(isAlive)).toBe(true)
    await launcher.kill()
    await untilDead(group)
    expect(await answersHealth(launcher.endpoints, never)).toBe(false)
    expect(launcher.death).toBeUndefined()
  })

  test('starts again on the same port', async () => {
    const launcher = await launch(serverCommand())
    await launcher.start(never)
    const [first] = pids()
    await launcher.kill()
    await launcher.start(never)
    expect(pids()[0]).not.toBe(first)
    await answers(launcher)
  })

  test('is started once, and takes starts and ends in turn', async () => {
    const launcher = await launch(serverCommand())
    await launcher.start(never)
    const [first] = pids()
    await launcher.start(never)
    expect(pids()[0]).toBe(first)
    await Promise.all([launcher.kill(), launcher.start(never), launcher.start(never)])
    expect(pids()[0]).not.toBe(first)
    await answers(launcher)
    await expect(launcher.start(AbortSignal.abort(new Error('over')))).rejects.toThrow('over')
  })

  test('drains on stop, also behind a shell that dies at once', async () => {
    const launcher = await launch(`true && ${serverCommand()}; true`)
    await launcher.start(never)
    await launcher.stop()
    expect(readFileSync(pidFile, 'utf8')).toBe('drained')
  })

  test('does not answer while it is paused', async () => {
    const launcher = await launch(serverCommand())
    await launcher.start(never)
    await launcher.pause()
    expect(await answersHealth(launcher.endpoints, never)).toBe(false)
    await launcher.continue()
    await answers(launcher)
    await launcher.pause()
    await launcher.stop()
    expect(readFileSync(pidFile, 'utf8')).toBe('drained')
  })

  test('has a second beside it on the same data, which leaves them when it ends', async () => {
    const launcher = await launch(`${serverCommand()} {data_dir}`)
    await launcher.start(never)
    const second = await launcher.second()
    await second.start(never)
    expect(second.dataDirectory).toBe(launcher.dataDirectory)
    expect(second.endpoints.label).not.toBe(launcher.endpoints.label)
    await second.dispose()
    await answers(launcher)
    expect(existsSync(launcher.dataDirectory ?? '')).toBe(true)
  })

  test('gives up a start when told to, and is killed while it starts', async () => {
    const endpoints = singleEndpoint('http://127.0.0.1:1')
    const launcher = await launch('exec sleep 1000', { endpoints })
    const givenUp = new AbortController()
    const starting = launcher.start(givenUp.signal)
    givenUp.abort(new Error('enough'))
    await expect(starting).rejects.toThrow('enough')
    await launcher.kill()
    expect(launcher.death).toBeUndefined()
  })

  test('has a data directory that ends with it', async () => {
    const launcher = await launch(`${serverCommand()} {data_dir}`)
    const directory = launcher.dataDirectory ?? ''
    await launcher.start(never)
    await launcher.stop()
    expect(existsSync(directory)).toBe(true)
    await launcher.dispose()
    expect(existsSync(directory)).toBe(false)
  })
})

describe('a command that leaves its process group', () => {
  const escaping = (): Promise<Launcher> => launch(`setsid ${serverCommand()}`, { stopSeconds: 0.1 })
  afterEach(async () => {
    for (const pid of pids()) process.kill(pid, 'SIGKILL')
    await untilDead(pids())
  })

  test.each(['kill', 'stop', 'dispose'] as const)(
    'is told of by %s, which does not wait for it',
    async (how) => {
      const launcher = await escaping()
      launchers.pop()
      await launcher.start(never)
      await expect(launcher[how]()).rejects.toThrow(
        /^something that "setsid .*" started has left its process group/,
      )
    },
  )
})

describe('a launch that fails', () => {
  test('says how the command ended, with its last words', async () => {
    const launcher = await launch('echo no room for {port} >&2; exit 7')
    await expect(launcher.start(never)).rejects.toThrow(
      /ended with exit code 7; its last lines were:\n {2}no room for \d+/,
    )
    expect(launcher.death).toContain('exit code 7')
  })

  test('says that there is no such command', async () => {
    const launcher = await launch('/no/such/server {port}')
    await expect(launcher.start(never)).rejects.toThrow('exit code 127')
  })

  test('says that it never became ready, and can be disposed of', async () => {
    // A port that was free a moment ago may be another test's server by now; nothing ever listens on port 1.
    const endpoints = singleEndpoint('http://127.0.0.1:1')
    const launcher = await launch('sleep 1000', { endpoints, readySeconds: 0.2 })
    await expect(launcher.start(never)).rejects.toThrow('did not answer GET /health')
    await launcher.dispose()
  })

  test('does not take somebody else’s server for its own', async () => {
    const stub = await startStub(() => ({}))
    const launcher = await launch('sleep 1000', { endpoints: singleEndpoint(stub.origin) })
    await expect(launcher.start(never)).rejects.toThrow('something already answers')
    await stub.close()
  })

  test('needs a port or an endpoint', async () => {
    await expect(launch('sleep 1000')).rejects.toThrow('must take {port}')
  })
})

test('a process does not outlive the one that launched it, however that dies', async () => {
  const module = new URL('./process.ts', import.meta.url).href
  const owner = join(folder, 'owner.mjs')
  writeFileSync(
    owner,
    `import { createProcessLauncher } from ${JSON.stringify(module)}
    const launcher = await createProcessLauncher({ command: ${JSON.stringify(serverCommand())}, env: process.env })
    await launcher.start(new AbortController().signal)
    process.kill(process.pid, 'SIGKILL')`,
  )
  const { spawnSync } = await import('node:child_process')
  expect(spawnSync(process.execPath, [owner]).signal).toBe('SIGKILL')
  await untilDead(pids())
})
