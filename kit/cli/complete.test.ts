import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { UsageError } from '../usage-error.ts'
import type { Syntax } from './command.ts'
import { complete, completeCommandLine } from './complete.ts'

const run: Syntax = {
  name: 'run',
  summary: 'judges a server',
  operands: '[GLOB...]',
  options: [
    { name: 'cors', value: 'none|loopback|N', help: 'web pages to admit' },
    { name: 'json', value: 'FILE', isOutput: true, help: 'result' },
    { name: 'only', value: 'GLOB', multiple: true, help: 'which' },
    { name: 'quick', help: 'fast' },
  ],
  examples: [],
}
const { operands: _, ...replay } = { ...run, name: 'replay', summary: 'sends it again' }
const candidates = (words: readonly string[]): readonly string[] => completeCommandLine(words, [run, replay])

test.each([
  [[''], ['run judges a server', 'replay sends it again']],
  [['re'], ['replay sends it again']],
  [['judge', ''], []],
  [
    ['run', '--'],
    ['--cors web pages to admit', '--json result', '--only which', '--quick fast'],
  ],
  [
    ['run', '--quick', '--json=x', '--only', 'A', '--'],
    ['--cors web pages to admit', '--only which'],
  ],
  [['run', '--q'], ['--quick fast']],
  // An operand, or a value without a list: the shell offers files.
  [['run', ''], []],
  [['run', '--json', ''], []],
  [
    ['replay', '--json', 'x', ''],
    ['--cors web pages to admit', '--only which', '--quick fast'],
  ],
  [
    ['run', '--cors', ''],
    ['none', 'loopback'],
  ],
  [['run', '--cors=l'], ['--cors=loopback']],
  // As bash splits it.
  [
    ['run', '--cors', '='],
    ['none', 'loopback'],
  ],
  [['run', '--cors', '=', 'l'], ['loopback']],
])('%j is completed', (words, expected) => {
  expect(candidates(words)).toEqual(expected)
})

test('a shell that is unknown is refused with the known ones', () => {
  expect(() => complete('s2-load', ['tcsh'], candidates)).toThrow(UsageError)
  expect(() => complete('s2-load', [], candidates)).toThrow('complete takes a shell, bash, zsh, fish, not ""')
})

describe('the scripts', () => {
  const isThere = (shell: string): boolean => spawnSync(shell, ['--version']).status === 0
  let directory: string
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 's2-complete-'))
    const program = join(directory, 's2-load')
    // It answers with the words that it was given.
    writeFileSync(
      program,
      '#!/bin/sh\nshift 3\nfor word; do case "$word" in none) exit;; esac; echo "--$word help: of $word"; done\n',
    )
    chmodSync(program, 0o755)
  })
  afterAll(() => rmSync(directory, { recursive: true }))
  const typed = (shell: 'bash' | 'zsh' | 'fish', commands: string): string =>
    execFileSync(shell, ['-c', `${complete('s2-load', [shell], candidates)}\n${commands}`], {
      encoding: 'utf8',
      env: { ...process.env, PATH: `${directory}:${process.env.PATH}` },
    })

  test.runIf(isThere('bash'))('complete words in bash, and execute none of them', () => {
    const out = typed(
      'bash',
      `COMP_WORDS=(s2-load run '$(touch ${directory}/executed)' two); COMP_CWORD=3; _s2_load; printf '%s,' "\${COMPREPLY[@]}"`,
    )
    expect(out).toBe(`--run,--$(touch,--two,`)
    expect(spawnSync('ls', [join(directory, 'executed')]).status).not.toBe(0)
  })

  test.runIf(isThere('zsh'))('complete words in zsh, with their help', () => {
    const out = execFileSync(
      'zsh',
      [
        '-fc',
        `compdef() { echo "$@" }; _describe() { shift; print -l -- "$@" }; _files() { echo files }
${complete('s2-load', ['zsh'], candidates)}
words=(s2-load run two); CURRENT=3; _s2_load; words=(s2-load none); CURRENT=2; _s2_load`,
      ],
      { encoding: 'utf8', env: { ...process.env, PATH: `${directory}:${process.env.PATH}` } },
    )
    expect(out).toBe('_s2_load s2-load\n--run:help: of run\n--two:help: of two\nfiles\n')
  })

  test.runIf(isThere('fish'))('complete words in fish, with their help', () => {
    expect(typed('fish', "complete -C 's2-load run tw'")).toContain('--tw\thelp: of tw')
  })
})
