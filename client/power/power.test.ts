import { spawnSync } from 'node:child_process'
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Names } from './disk.ts'
import { writeImage } from './image.ts'
import { replayTrace } from './replay-trace.ts'
import { straceWords, whyNoStrace } from './strace.ts'

const noStrace = whyNoStrace()

describe.skipIf(noStrace !== undefined)(
  `what a power cut leaves of a process’s files${noStrace === undefined ? '' : ` (skipped: ${noStrace})`}`,
  () => {
    let work: string
    beforeEach(() => {
      work = realpathSync(mkdtempSync(join(tmpdir(), 's2-power-')))
    })
    afterEach(() => rmSync(work, { recursive: true }))

    /** Runs these statements in an empty directory under strace, cuts the power behind them, and tells what is there. */
    async function cut(
      program: string,
      names: Names = 'strict',
    ): Promise<{ readonly files: Readonly<Record<string, string>>; readonly unseen: readonly string[] }> {
      const root = join(work, 'data')
      const script = join(work, 'program.mjs')
      writeFileSync(
        script,
        `import fs from 'node:fs'
        process.chdir(${JSON.stringify(root)})
        const open = (name, flags = 'w') => fs.openSync(name, flags)
        const sync = (name) => { const fd = open(name, 'r'); fs.fsyncSync(fd); fs.closeSync(fd) }
        ${program}`,
      )
      const trace = join(work, 'trace')
      const [strace = '', ...words] = straceWords(trace)
      spawnSync('mkdir', [root])
      const ran = spawnSync(strace, [...words, process.execPath, script], { encoding: 'utf8' })
      expect(ran.stderr).toBe('')
      const { disk, unseen } = replayTrace(readFileSync(trace, 'latin1'), root)
      const image = join(work, 'image')
      await writeImage(disk, names, image)
      const there = readdirSync(image, { recursive: true, encoding: 'utf8' })
      const files = there.filter((name) => statSync(join(image, name)).isFile())
      return {
        files: Object.fromEntries(files.map((name) => [name, readFileSync(join(image, name), 'utf8')])),
        unseen: [...unseen],
      }
    }

    test.each<readonly [what: string, program: string, files: Readonly<Record<string, string>>]>([
      ['nothing that was not synced', `fs.writeSync(open('a'), 'x'); sync('.')`, { a: '' }],
      ['a content without a name is none', `const a = open('a'); fs.writeSync(a, 'x'); fs.fsyncSync(a)`, {}],
      [
        'what was written before the sync, byte by byte',
        String.raw`const a = open('a'); fs.writeSync(a, 'x\0\n"\\1é'); fs.fsyncSync(a); fs.writeSync(a, 'z'); sync('.')`,
        { a: 'x\0\n"\\1é' },
      ],
      [
        'a write in the middle',
        `const a = open('a'); fs.writeSync(a, 'abc'); fs.fsyncSync(a); fs.writeSync(a, 'X', 1); sync('.')`,
        { a: 'abc' },
      ],
      [
        'appended in parts',
        `const a = open('a', 'a'); fs.writevSync(a, [Buffer.from('b'), Buffer.from('c')]); fs.fdatasyncSync(a); sync('.')`,
        { a: 'bc' },
      ],
      [
        'the old file where its replacement was not synced',
        `fs.writeFileSync('a', 'old'); sync('a'); sync('.'); fs.writeFileSync('b', 'new'); sync('b'); fs.renameSync('b', 'a')`,
        { a: 'old' },
      ],
      [
        'and the new one where it was',
        `fs.writeFileSync('a', 'old'); sync('a'); sync('.'); fs.writeFileSync('b', 'new'); sync('b'); fs.renameSync('b', 'a'); sync('.')`,
        { a: 'new' },
      ],
      [
        'a replacement that was moved before its content was synced, and is empty',
        `fs.writeFileSync('b', 'new'); fs.renameSync('b', 'a'); sync('.')`,
        { a: '' },
      ],
      [
        'nothing in a directory without a name',
        `fs.mkdirSync('d'); fs.writeFileSync('d/a', 'x'); sync('d/a'); sync('d')`,
        {},
      ],
      [
        'what is in one with a name',
        `fs.mkdirSync('d'); sync('.'); fs.writeFileSync('d/a', 'x'); sync('d/a'); sync('d')`,
        { 'd/a': 'x' },
      ],
      [
        'a second name',
        `fs.writeFileSync('a', 'x'); sync('a'); fs.linkSync('a', 'b'); fs.unlinkSync('a'); sync('.')`,
        { b: 'x' },
      ],
      [
        'what was deleted, unless that was synced',
        `fs.writeFileSync('a', 'x'); sync('a'); sync('.'); fs.unlinkSync('a')`,
        { a: 'x' },
      ],
      [
        'what was cut off',
        `fs.writeFileSync('a', 'xyz'); fs.truncateSync('a', 1); sync('a'); sync('.')`,
        { a: 'x' },
      ],
      ['what threads wrote', `await fs.promises.writeFile('a', 'x', { flush: true }); sync('.')`, { a: 'x' }],
    ])('%s', async (_what, program, files) => {
      expect(await cut(program)).toEqual({ files, unseen: [] })
    })

    test.each<readonly [what: string, program: string, files: Readonly<Record<string, string>>]>([
      ['a new file', `fs.writeFileSync('a', 'x'); sync('a')`, { a: 'x' }],
      ['in a new directory', `fs.mkdirSync('d'); fs.writeFileSync('d/a', 'x'); sync('d/a')`, { 'd/a': 'x' }],
      [
        'a name that it got before another file was synced',
        `fs.writeFileSync('b', 'x'); sync('b'); fs.renameSync('b', 'a'); fs.writeFileSync('c', 'y'); sync('c')`,
        { a: 'x', c: 'y' },
      ],
      [
        'but none that came after the last sync',
        `fs.writeFileSync('b', 'x'); sync('b'); fs.renameSync('b', 'a')`,
        { b: 'x' },
      ],
    ])('a journal keeps all names before a sync: %s', async (_what, program, files) => {
      expect((await cut(program, 'journalled')).files).toEqual(files)
    })

    test.each([
      ['a symbolic link', `fs.symlinkSync('a', 'b')`, ['a symbolic link']],
      [
        'a file that is moved in',
        `fs.writeFileSync('../a', 'x'); fs.renameSync('../a', 'b')`,
        ['a file that was moved in'],
      ],
    ])('what cannot be followed is said: %s', async (_what, program, unseen) => {
      expect((await cut(program)).unseen).toEqual(unseen)
    })
  },
)
