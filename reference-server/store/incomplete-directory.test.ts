import { spawnSync } from 'node:child_process'
import { chmod, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { Directories } from '../testing/damage.ts'
import { openDiskStore } from './disk.ts'
import { missingFrom } from './incomplete-directory.ts'

const directories = new Directories()
afterAll(() => directories[Symbol.asyncDispose]())

test.each([
  [[], undefined],
  [['unrelated.txt', 'server.log', 'LOCK', 'LOG'], undefined],
  [['CURRENT', 'MANIFEST-000001'], undefined],
  [['CURRENT', 'MANIFEST-000004', '000005.ldb', '000006.log'], undefined],
  [['MANIFEST-000001'], undefined],
  [['MANIFEST-000004'], 'no file CURRENT'],
  [['000005.ldb'], 'no file CURRENT'],
  [['000005.sst'], 'no file CURRENT'],
  [['000003.log'], 'no file CURRENT'],
  [['CURRENT', 'MANIFEST-000004', '000005.ldb'], 'no log file (*.log)'],
  [['CURRENT', 'MANIFEST-000002'], 'no log file (*.log)'],
])('of %j is missing: %s', (names, missing) => {
  expect(missingFrom(names)).toBe(missing)
})

const put = (key: number) =>
  ({ type: 'put', key: Uint8Array.of(key), value: new Uint8Array(3_000_000) }) as const

/** Opens the store, writes, and dies; two writes fill a memory table. */
const DIES = `
  const { openDiskStore } = await import(${JSON.stringify(join(import.meta.dirname, 'disk.ts'))})
  const store = await openDiskStore(process.argv[1])
  for (const key of [1, 2, 3]) await store.commit([{ type: 'put', key: Uint8Array.of(key), value: new Uint8Array(3_000_000) }])
  process.kill(process.pid, 'SIGKILL')
`

test('LevelDB leaves a log next to its tables, closed or killed', async () => {
  const directory = await directories.create()
  for (let turn = 0; turn < 3; turn++) {
    const store = await openDiskStore(directory)
    await store.commit([put(1)])
    await store.commit([put(2)])
    await store.close()
    expect(missingFrom(await readdir(directory))).toBeUndefined()
    const { signal } = spawnSync(process.execPath, ['--input-type=module', '-e', DIES, directory])
    expect(signal).toBe('SIGKILL')
    const names = await readdir(directory)
    expect(missingFrom(names)).toBeUndefined()
    expect(names.some((name) => name.endsWith('.ldb'))).toBe(true)
  }
}, 30_000)

test.skipIf(process.platform === 'win32')(
  'a directory that is created is for its owner alone, and one that exists keeps its mode',
  async () => {
    const existing = await directories.create()
    await chmod(existing, 0o750)
    const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777
    const created = join(existing, 'a', 'b')
    await (await openDiskStore(created)).close()
    await (await openDiskStore(existing)).close()
    expect([await modeOf(created), await modeOf(join(existing, 'a')), await modeOf(existing)]).toEqual([
      0o700, 0o700, 0o750,
    ])
  },
)
