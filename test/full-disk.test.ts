import { execFile, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')

const COMMANDS = ['s2-conformance list', 's2-load workloads', 's2-reference-server --help']

describe.skipIf(!existsSync('/dev/full'))('a command whose output cannot be written', () => {
  test.each(COMMANDS)('%s reports that and ends with 3', (line) => {
    const [name = '', argument = ''] = line.split(' ')
    const words = [`exec "$0" "$@" >/dev/full`, process.execPath, `bin/${name}.js`, argument]
    const { status, stderr } = spawnSync('/bin/sh', ['-c', ...words], { cwd: root, encoding: 'utf8' })
    expect(stderr).toMatch(new RegExp(`^${name}: the output is incomplete: .*ENOSPC`))
    expect(status).toBe(3)
  })

  test('a reader that has seen enough is no error', async () => {
    const child = execFile(process.execPath, ['bin/s2-conformance.js', 'list'], { cwd: root })
    let err = ''
    child.stderr?.on('data', (text: string) => {
      err += text
    })
    child.stdout?.destroy()
    const [code] = await new Promise<unknown[]>((done) => child.once('close', (...ended) => done(ended)))
    expect([code, err]).toEqual([0, ''])
  })
})
