import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { PARTS } from './parts.ts'

const root = resolve(import.meta.dirname, '..')
const verify = (...args: readonly string[]) =>
  spawnSync(process.execPath, ['verification/main.ts', ...args], { cwd: root, encoding: 'utf8' })

test('it lists every part, each with a file that exists', () => {
  const { stdout, status } = verify()
  expect(status).toBe(0)
  for (const { name, about, file } of PARTS) {
    expect(stdout).toContain(`${name.padEnd(13)}  ${about}`)
    expect(existsSync(resolve(root, file)), file).toBe(true)
  }
})

test('an unknown name is refused with the known ones', () => {
  const { stderr, status } = verify('defects')
  expect(status).toBe(2)
  expect(stderr).toContain('there is no "defects". Names: mutants, tamper, parity,')
})

test('arguments, output and exit code are those of the part', () => {
  const { stderr, status } = verify('fuzz', '--no-such-option')
  expect(status).toBe(2)
  expect(stderr).toContain('fuzz: --no-such-option is not an option of fuzz')
})
