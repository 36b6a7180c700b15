import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, constants, openSync, readdirSync } from 'node:fs'
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text as readText } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { play } from '../../conformance/testing/play.ts'
import { run as runLoad } from '../../load/main.ts'
import { replaceFile } from '../replace-file.ts'
import { quietIo } from '../testing/quiet-io.ts'
import { outputFiles } from './output-files.ts'

let folder: string
const at = (name: string): string => join(folder, name)
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 's2-outputs-test-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** As if `--json` had been given with these files. */
const given = (...paths: readonly string[]) => ({
  all: () => paths,
  text: () => paths[0],
  flag: () => false,
  operands: [],
})
const files = (render: () => string, ...paths: readonly string[]) =>
  outputFiles(given(...paths), 'x', { json: render }, quietIo)

const OLD = 'what an earlier run wrote\n'
const kinds = (...names: readonly string[]): readonly string[] =>
  names.flatMap((name) => [`--${name}`, at(`old.${name}`)])
const UNREACHABLE = ['--endpoint', 'http://127.0.0.1:1']

test('a file that is only checked leaves nothing where a command ends meanwhile', async () => {
  const seen = new Set<string>()
  const look = (): void => {
    for (const name of readdirSync(folder)) seen.add(name)
    next = setImmediate(look)
  }
  let next = setImmediate(look)
  try {
    for (let count = 0; count < 50; count++) await files(() => '', at('new.json'))
  } finally {
    clearImmediate(next)
  }
  expect([...seen]).toEqual([])
})

describe('a run that ends before it has a result', () => {
  test.each<readonly [string, readonly string[], readonly string[]]>([
    ['run', UNREACHABLE, ['json', 'html', 'junit', 'ctrf', 'markdown', 'badge']],
    ['durability', ['--launch', 'false {port} {data_dir}'], ['json', 'html']],
    ['history', UNREACHABLE, ['json', 'out']],
    ['load run', UNREACHABLE, ['json', 'html', 'markdown', 'csv', 'hgrm', 'hlog']],
    ['load capacity', [...UNREACHABLE, '--slo', 'response-p99 < 1s'], ['json']],
    ['load ab', ['--a', 'false {port}', '--b', 'false {port}'], ['json', 'junit', 'bencher']],
    ['load compare', ['/no/such/a', '/no/such/b'], ['json', 'junit', 'bencher']],
  ])('leaves every old file of %s, and says so', async (command, target, names) => {
    for (const name of names) await writeFile(at(`old.${name}`), OLD)
    const args = [...command.replace('load ', '').split(' '), ...target, ...kinds(...names)]
    let err = ''
    if (command.startsWith('load')) {
      const hear = (text: string): void => {
        err += text
      }
      await runLoad(args, { ...quietIo, env: { PATH: process.env.PATH }, err: hear })
    } else ({ err } = await play(args))
    for (const name of names) {
      expect(await readFile(at(`old.${name}`), 'utf8')).toBe(OLD)
      expect(err).toContain(
        `--${name}: the file ${at(`old.${name}`)} was not written, and what it holds is of an earlier run\n`,
      )
    }
    expect(await readdir(folder)).toHaveLength(names.length)
  })
})

describe('a file', () => {
  test('is replaced by a whole one, and no other file is left', async () => {
    await writeFile(at('r'), OLD)
    const { write } = await files(() => 'new', at('r'), at('other'))
    expect(await readFile(at('r'), 'utf8')).toBe(OLD)
    expect(await write({}, quietIo)).toBe(true)
    expect(await readFile(at('r'), 'utf8')).toBe('new')
    expect(await readdir(folder)).toEqual(['other', 'r'])
  })

  test('whose new text cannot be made stays as it is', async () => {
    await writeFile(at('r'), OLD)
    const { write } = await files(() => {
      throw new Error('there is nothing to write')
    }, at('r'))
    expect(await write({}, quietIo)).toBe(false)
    expect(await readFile(at('r'), 'utf8')).toBe(OLD)
    expect(await readdir(folder)).toEqual(['r'])
  })

  test('behind a link is replaced there, and the link stays', async () => {
    await mkdir(at('there'))
    await writeFile(at('there/r'), OLD)
    await symlink(at('there/r'), at('link'))
    await symlink(at('there/new'), at('dangling'))
    const { write } = await files(() => 'new', at('link'), at('dangling'))
    expect(await write({}, quietIo)).toBe(true)
    expect(await readFile(at('there/r'), 'utf8')).toBe('new')
    expect(await readFile(at('there/new'), 'utf8')).toBe('new')
    for (const name of ['link', 'dangling']) expect((await lstat(at(name))).isSymbolicLink()).toBe(true)
  })

  test.each(['a folder', 'a file that is in the way', 'a folder that is not there'])(
    'that is %s is refused before the work',
    async (what) => {
      await mkdir(at('a folder'))
      await writeFile(at('a file'), OLD)
      const path = { 'a folder': 'a folder', 'a file that is in the way': 'a file/r' }[what] ?? 'none/r'
      await expect(files(() => 'new', at(path))).rejects.toThrow('cannot be written')
    },
  )

  test('keeps its permissions', async () => {
    await writeFile(at('r'), OLD)
    await chmod(at('r'), 0o640)
    const { write } = await files(() => 'new', at('r'))
    await write({}, quietIo)
    expect((await lstat(at('r'))).mode & 0o777).toBe(0o640)
  })
})

describe.skipIf(process.platform === 'win32')('a pipe with a name', () => {
  let pipe: string
  beforeEach(() => {
    pipe = at('pipe')
    execFileSync('mkfifo', [pipe])
  })

  test('is refused where no process reads from it', async () => {
    await expect(files(() => '', pipe)).rejects.toThrow(
      `--json: the file ${pipe} cannot be written: no process reads from this pipe`,
    )
    await expect(replaceFile(pipe, 'text')).rejects.toThrow('no process reads from this pipe')
  })

  test('is not closed between the check and the result', async () => {
    const reader = spawn('cat', [pipe], { stdio: ['ignore', 'pipe', 'inherit'] })
    const received = readText(reader.stdout)
    let wanted: Awaited<ReturnType<typeof files>> | undefined
    await expect
      .poll(async () => (wanted ??= await files(() => 'new', pipe).catch(() => undefined)))
      .toBeDefined()
    expect(await wanted?.write({}, quietIo)).toBe(true)
    expect(await received).toBe('new')
  })

  test('gets all that a reader can take', async () => {
    const reader = spawn('cat', [pipe], { stdio: ['ignore', 'pipe', 'inherit'] })
    const text = 'x'.repeat(1_000_000)
    const received = readText(reader.stdout)
    await expect
      .poll(() =>
        replaceFile(pipe, text).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true)
    expect(await received).toBe(text)
  })

  test('does not hold a process whose reader takes nothing', async () => {
    const reader = spawn('sh', ['-c', `exec 3<${pipe}; echo open; exec sleep 1000`], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const writer = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK)
    await once(reader.stdout, 'data')
    closeSync(writer)
    const writing = replaceFile(pipe, 'x'.repeat(1_000_000))
    // The reader may end before the pipe is opened.
    const ended = expect(writing).rejects.toThrow(/EPIPE|no process reads from this pipe/)
    reader.kill()
    await ended
  })
})

test('temporary files of processes that have ended are removed, and others stay', async () => {
  const ended = spawnSync(process.execPath, ['-e', '']).pid
  for (const name of [
    `.report.json.${ended}-1a2b3c4d.tmp`,
    `.report.json.${process.pid}-1a2b3c4d.tmp`,
    `.other.json.${ended}-1a2b3c4d.tmp`,
    '.report.json.mine.tmp',
  ])
    await writeFile(at(name), '')
  await replaceFile(at('report.json'), 'new')
  expect((await readdir(folder)).toSorted()).toEqual(
    [
      `.other.json.${ended}-1a2b3c4d.tmp`,
      `.report.json.${process.pid}-1a2b3c4d.tmp`,
      '.report.json.mine.tmp',
      'report.json',
    ].toSorted(),
  )
})
