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
    { name: 'json', value: 'FILE', isOutput: true, help: 'result' },
    { name: 'html', value: 'FILE', isOutput: true, help: 'page' },
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
  test('an option outweighs the environment', () => {
    const given = parseGiven(command, ['--url', 'a'], { DO_URL: 'http://x' })
    expect(given.text('url')).toBe('a')
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
    [['--url', 'a', '--url', 'b'], '--url is given more than once, and means one thing'],
    [['--quick', '--quick'], '--quick is given more than once'],
    [['--json', 'x', '--html', './x'], '--json and --html both write ./x: give each a file of its own'],
    [['--json', '-'], '--json: "-" is no file: give a path, such as /dev/stdout for standard output'],
  ])('%o is wrong usage', (argv, message) => {
    expect(() => parseGiven(command, argv, {})).toThrow(UsageError)
    expect(() => parseGiven(command, argv, {})).toThrow(message)
  })
  test('a device may be written to twice', () => {
    const given = parseGiven(command, ['--json', '/dev/null', '--html', '/dev/null'], {})
    expect(given.all('html')).toEqual(['/dev/null'])
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
  --json FILE  result
  --html FILE  page

Examples:
  s2-conformance do --quick
`)
})
