import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { removeAbandoned } from './temporary-directory.ts'

let parent: string

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 's2-temporary-test-'))
})

afterEach(() => rm(parent, { recursive: true, force: true }))

const MODULE = new URL('./temporary-directory.ts', import.meta.url).href
const HOLD = `
  const { createTemporaryDirectory } = await import(${JSON.stringify(MODULE)})
  console.log((await createTemporaryDirectory('s2-conformance')).path)
  setInterval(() => {}, 1000)
`

/** A process that holds a directory until it is killed. */
async function holder(): Promise<{ readonly path: string; kill(): Promise<void> }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', HOLD], {
    env: { ...process.env, TMPDIR: parent },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return {
    path: line.toString().trim(),
    async kill() {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

test('what a killed process leaves is removed by the next one; what a live one holds stays', async () => {
  const [killed, live] = [await holder(), await holder()]
  await writeFile(join(killed.path, 'data'), 'left')
  await killed.kill()
  const next = await holder()
  expect((await readdir(parent)).sort()).toEqual([basename(live.path), basename(next.path)].sort())
  await Promise.all([live.kill(), next.kill()])
})

test('a directory stays where it is not certain that its process was ours and has died', async () => {
  const killed = await holder()
  await killed.kill()
  const owner = JSON.parse(await readFile(join(killed.path, 'owner.json'), 'utf8'))
  const plant = async (name: string, text: string): Promise<void> => {
    await mkdir(join(parent, name))
    await writeFile(join(parent, name, 'owner.json'), text)
  }
  await plant('s2-elsewhere', JSON.stringify({ ...owner, machine: 'another host' }))
  await plant('s2-live', JSON.stringify({ ...owner, pid: process.pid, started: '' }))
  await plant('s2-group', JSON.stringify({ ...owner, pid: -1 }))
  await plant('s2-garbled', '{"pid":')
  await plant('s2-long', JSON.stringify({ ...owner, more: 'x'.repeat(2000) }))
  await plant('other-name', JSON.stringify(owner))
  await mkdir(join(parent, 's2-unmarked'))
  const target = await mkdtemp(join(tmpdir(), 's2-temporary-target-'))
  await cp(killed.path, target, { recursive: true })
  await symlink(target, join(parent, 's2-link'))
  const before = (await readdir(parent)).filter((name) => name !== basename(killed.path)).sort()
  await removeAbandoned(parent)
  expect((await readdir(parent)).sort()).toEqual(before)
  expect(await readdir(target)).toEqual(['owner.json'])
  await rm(target, { recursive: true })
})

test.runIf(process.platform === 'linux')(
  'a process that has got the number of a dead one does not keep its directory',
  async () => {
    const live = await holder()
    const owner = JSON.parse(await readFile(join(live.path, 'owner.json'), 'utf8'))
    const old = join(parent, 's2-old')
    await mkdir(old)
    await writeFile(join(old, 'owner.json'), JSON.stringify({ ...owner, started: '1' }))
    await removeAbandoned(parent)
    expect(await readdir(parent)).toEqual([basename(live.path)])
    await live.kill()
  },
)

test.runIf(process.getuid?.() === 0)('a directory of another user stays (needs root)', async () => {
  const killed = await holder()
  await killed.kill()
  await chown(killed.path, 65_534, 65_534)
  await removeAbandoned(parent)
  expect(await readdir(parent)).toEqual([basename(killed.path)])
})
