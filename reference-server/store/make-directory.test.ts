import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeDirectory } from './make-directory.ts'

let base: string

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 's2-directory-'))
  await writeFile(join(base, 'file'), '')
})

afterAll(() => rm(base, { recursive: true }))

test('makes what is missing, and leaves alone what is there', async () => {
  const path = join(base, 'a', 'b', 'c')
  await makeDirectory(path)
  await writeFile(join(path, 'kept'), '')
  await makeDirectory(path)
  expect(await readdir(path)).toEqual(['kept'])
})

test.each([
  ['file', 'EEXIST'],
  [join('file', 'below'), 'ENOTDIR'],
])('does not take %s for a directory', async (path, code) => {
  await expect(makeDirectory(join(base, path))).rejects.toMatchObject({ code })
})

test('an empty path is none', async () => {
  await expect(makeDirectory('')).rejects.toMatchObject({ code: 'ENOENT' })
})

test.runIf(process.platform === 'linux').each(['/proc/x', '/proc/x/y'])(
  'comes back from %s, where nothing can be made',
  async (path) => {
    await expect(makeDirectory(path)).rejects.toMatchObject({ code: 'ENOENT' })
  },
)
