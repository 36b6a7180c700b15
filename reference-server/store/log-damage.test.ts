import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ClassicLevel } from 'classic-level'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Directories, flipBit, incompressible, namesIn } from '../testing/damage.ts'
import { crc32c } from './crc32c.ts'
import { openDiskStore } from './disk.ts'
import { damagedAt, damagedLogs } from './log-damage.ts'

const directories = new Directories()
let directory: string
let name: string
let log: Buffer
/** The lengths of the log after each commit. */
const ends: number[] = []

beforeAll(async () => {
  directory = await directories.create()
  const store = await openDiskStore(directory)
  name = (await namesIn(directory)).find((file) => file.endsWith('.log')) ?? ''
  const lengths = [40, 200, 70_000, 0, 300]
  for (const [key, length] of lengths.entries()) {
    const value = Buffer.from(incompressible(`${key}`, length))
    await store.commit([
      { type: 'put', key: Uint8Array.of(200, key), value },
      { type: 'del', key: Uint8Array.of(201, key) },
    ])
    ends.push((await readFile(join(directory, name))).length)
  }
  await store.close()
  log = await readFile(join(directory, name))
})

afterAll(() => directories[Symbol.asyncDispose]())

const flipped = (at: number): Buffer => {
  const copy = Buffer.from(log)
  copy[at] = (copy[at] ?? 0) ^ 4
  return copy
}

/** Every byte at the ends and the borders of blocks, and some of those between. */
function offsets(from: number, to: number): readonly number[] {
  const near = (at: number, place: number): boolean => Math.abs(at - place) < 40
  const all = Array.from({ length: to - from }, (_, index) => from + index)
  return all.filter((at) => at % 997 === 0 || [from, 32_768, 65_536, to].some((place) => near(at, place)))
}

test('a log that is whole, or cut anywhere, is what a crash leaves', () => {
  for (const end of [...offsets(0, log.length), log.length])
    expect([end, damagedAt(log.subarray(0, end))]).toEqual([end, undefined])
})

test('zeros after the end, or in place of the last commit, are what a crash leaves', () => {
  const last = ends.at(-2) ?? 0
  expect(damagedAt(Buffer.concat([log, Buffer.alloc(70_000)]))).toBeUndefined()
  expect(damagedAt(Buffer.concat([log.subarray(0, last), Buffer.alloc(500)]))).toBeUndefined()
})

test('a commit may begin at any distance from the end of a block', async () => {
  const whole = await directories.create()
  // Each commit takes 7 + 12 + 14 + 28 = 61 bytes, which has no factor in common with the size of a block: within 64 blocks,
  // one ends after each possible number of bytes of a commit.
  const level = new ClassicLevel<string, Uint8Array>(whole, {
    writeBufferSize: 2 ** 24,
    valueEncoding: 'view',
  })
  for (let written = 0; written < 64 * 32_768; written += 61)
    await level.put('key of 11 B', new Uint8Array(28))
  await level.close()
  expect(await damagedLogs(whole)).toEqual([])
})

test('a bit flipped in any commit but the last is damage', () => {
  const last = ends.at(-2) ?? 0
  for (const at of offsets(0, last)) expect([at, damagedAt(flipped(at)) !== undefined]).toEqual([at, true])
  for (const at of offsets(last, log.length)) expect([at, damagedAt(flipped(at))]).toEqual([at, undefined])
})

test('a commit that is missing as a whole is damage', () => {
  const [first = 0, second = 0] = ends
  expect(damagedAt(Buffer.concat([log.subarray(0, first), log.subarray(second, 32_768)]))).toBe(first)
})

test('a directory with a damaged log is not opened and not changed', async () => {
  const copy = await directories.copy(directory)
  expect(await damagedLogs(copy)).toEqual([])
  await flipBit(join(copy, name), (ends[0] ?? 0) + 20, 3)
  const before = await readFile(join(copy, name))
  await expect(openDiskStore(copy)).rejects.toMatchObject({
    fault: 'corrupt',
    message: expect.stringMatching(/\d+\.log is damaged at byte \d+, before acknowledged commits; restore/),
  })
  expect(await readFile(join(copy, name))).toEqual(before)
  await writeFile(join(copy, name), log)
  await (await openDiskStore(copy)).close()
})

test('the checksum is CRC-32C', () => {
  expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283)
})
