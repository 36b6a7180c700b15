import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { crc32 } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '..')
const NODE = join(ROOT, 'node_modules/.bin/node')
const OTHER_UID = 65_534
const isRoot = process.getuid?.() === 0

/** A copy of `bin/` with a command of one line, so that what it prints shows which code was executed. */
let folder: string
let poison: string

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 's2-compile-cache-')))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  cpSync(join(ROOT, 'bin'), join(folder, 'bin'), { recursive: true })
  poison = join(folder, 'poison')
  const intended = sourceThatPrints('GOOD')
  const planted = sourceThatPrints('EVIL')
  writeCommand(planted)
  run({ NODE_COMPILE_CACHE: poison })
  claimSource(poison, planted, intended)
  writeCommand(intended)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const sourceThatPrints = (word: string): string =>
  `process.stdout.write('${word}')\nexport const run = async () => 0\n`

function writeCommand(source: string): void {
  const file = join(folder, 'dist/s2-conformance.js')
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, source)
}

/** Makes Node accept the code that it cached for one source as that of another of the same length. */
function claimSource(cache: string, from: string, to: string): void {
  const wanted = Buffer.alloc(4)
  wanted.writeUInt32LE(crc32(from))
  for (const path of readdirSync(cache, { recursive: true, encoding: 'utf8' })) {
    const file = join(cache, path)
    if (!lstatSync(file).isFile()) continue
    const bytes = readFileSync(file)
    const at = bytes.subarray(0, 32).indexOf(wanted)
    if (at < 0) continue
    bytes.writeUInt32LE(crc32(to), at)
    writeFileSync(file, bytes)
  }
}

function run(env: Readonly<Record<string, string>>): string {
  const { NODE_COMPILE_CACHE: _, NODE_DISABLE_COMPILE_CACHE: __, ...inherited } = process.env
  return execFileSync(NODE, [join(folder, 'bin/s2-conformance.js')], {
    env: { ...inherited, HOME: folder, XDG_CACHE_HOME: '', ...env },
    encoding: 'utf8',
  })
}

/** A cache home in which another user could have planted the poisoned cache, as `plant` arranges it. */
function plantedHome(name: string, plant: (compile: string) => void): string {
  const home = join(folder, name)
  const compile = join(home, 's2-conformance/compile')
  mkdirSync(dirname(compile), { recursive: true, mode: 0o700 })
  cpSync(poison, compile, { recursive: true })
  chmodSync(compile, 0o700)
  plant(compile)
  return home
}

describe('the compile cache', () => {
  test('the poisoned cache of these tests is executed where the user names it', () => {
    expect(run({ NODE_COMPILE_CACHE: poison })).toBe('EVIL')
  })

  test('a cache in the shared temporary directory is neither read nor written', () => {
    const shared = join(folder, 'shared')
    cpSync(poison, join(shared, 'node-compile-cache'), { recursive: true })
    expect(run({ TMPDIR: shared, XDG_CACHE_HOME: join(folder, 'own') })).toBe('GOOD')
    const fresh = join(folder, 'fresh')
    mkdirSync(fresh)
    run({ TMPDIR: fresh, XDG_CACHE_HOME: join(folder, 'own') })
    expect(readdirSync(fresh)).toEqual([])
  })

  test('is written to a private directory of the user', () => {
    const home = join(folder, 'private')
    mkdirSync(home)
    run({ XDG_CACHE_HOME: home })
    const compile = join(home, 's2-conformance/compile')
    expect(lstatSync(compile).mode & 0o777).toBe(0o700)
    expect(readdirSync(compile)).not.toEqual([])
  })

  test('is not written where the user has disabled it', () => {
    const home = join(folder, 'disabled')
    mkdirSync(home)
    run({ XDG_CACHE_HOME: home, NODE_DISABLE_COMPILE_CACHE: '1' })
    expect(readdirSync(home)).toEqual([])
  })

  test.runIf(process.platform !== 'win32')('is not read where others can write or replace it', () => {
    const homes = {
      writable: plantedHome('writable', (compile) => chmodSync(compile, 0o777)),
      writableByGroup: plantedHome('group', (compile) => chmodSync(compile, 0o770)),
      writableParent: plantedHome('parent', (compile) => chmodSync(dirname(compile), 0o777)),
      link: plantedHome('link', (compile) => {
        rmSync(compile, { recursive: true })
        symlinkSync(poison, compile)
      }),
    }
    const printed = Object.entries(homes).map(([name, home]) => [name, run({ XDG_CACHE_HOME: home })])
    expect(Object.fromEntries(printed)).toEqual({
      writable: 'GOOD',
      writableByGroup: 'GOOD',
      writableParent: 'GOOD',
      link: 'GOOD',
    })
  })

  test.runIf(isRoot)('is not read where another user owns it or its parent (needs root)', () => {
    const leaf = plantedHome('owned', (compile) => chownSync(compile, OTHER_UID, OTHER_UID))
    const parent = plantedHome('owned-parent', (compile) => chownSync(dirname(compile), OTHER_UID, OTHER_UID))
    expect(run({ XDG_CACHE_HOME: leaf })).toBe('GOOD')
    expect(run({ XDG_CACHE_HOME: parent })).toBe('GOOD')
  })

  test('is left out where there is no place for it', () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    expect(run({ XDG_CACHE_HOME: file })).toBe('GOOD')
  })
})
