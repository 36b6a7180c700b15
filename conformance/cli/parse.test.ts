import { describe, expect, test } from 'vitest'
import { UsageError } from '../usage-error.ts'
import type { Command } from './command.ts'
import { commandHelp } from './help.ts'
import { parseGiven } from './parse.ts'

const command: Command = {
  name: 'do',
  summary: 'does',
  operands: '[THING...]',
  options: [
    { name: 'url', value: 'URL', help: 'where', env: 'DO_URL' },
    { name: 'only', value: 'GLOB', multiple: true, help: 'which' },
    { name: 'width', value: 'N', default: '4', help: 'how wide' },
    { name: 'quick', help: 'fast' },
  ],
  examples: ['do --quick'],
  run: () => Promise.resolve(0),
}

describe('what the user gave', () => {
  test('options, operands, defaults and environment', () => {
    const given = parseGiven(command, ['--only', 'a', 'b', '--only=c', '--quick'], { DO_URL: 'http://x' })
    expect(given.all('only')).toEqual(['a', 'c'])
    expect(given.operands).toEqual(['b'])
    expect(given.text('url')).toBe('http://x')
    expect(given.text('width')).toBe('4')
    expect(given.flag('quick')).toBe(true)
  })
  test('an option outweighs the environment, the last one the others', () => {
    const given = parseGiven(command, ['--url', 'a', '--url', 'b'], { DO_URL: 'http://x' })
    expect(given.text('url')).toBe('b')
  })
  test('an empty variable is none', () => {
    expect(parseGiven(command, [], { DO_URL: '' }).text('url')).toBeUndefined()
  })
  test.each([
    [['--nope'], '--nope is not an option of do'],
    [['-x'], '-x is not an option of do'],
    [['--url'], '--url needs a value: --url URL'],
    [['--url', '--quick'], '--url needs a value'],
    [['--quick=yes'], '--quick takes no value'],
  ])('%o is wrong usage', (argv, message) => {
    expect(() => parseGiven(command, argv, {})).toThrow(UsageError)
    expect(() => parseGiven(command, argv, {})).toThrow(message)
  })
  test('operands where there are none', () => {
    const { operands: _, ...without } = command
    expect(() => parseGiven(without, ['x'], {})).toThrow('"x" is not understood')
  })
})

test('help is made from the options', () => {
  expect(commandHelp(command, 's2-conformance')).toBe(`s2-conformance do [THING...] [options]
does

Options:
  --url URL    where (or DO_URL)
  --only GLOB  which
  --width N    how wide (default 4)
  --quick      fast

Examples:
  s2-conformance do --quick
`)
})
