import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { COMMANDS } from '../conformance/main.ts'
import type { Command } from '../kit/cli/command.ts'
import { parseGiven } from '../kit/cli/parse.ts'
import { COMMANDS as LOAD_COMMANDS } from '../load/main.ts'
import { allPages } from '../scripts/pages.ts'
import { PARTS } from '../verification/parts.ts'
import { commandsIn, root, textOf, wordsIn } from './markdown.ts'
import { RECORDS, TYPED_BY } from './typed-by.ts'

const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Readonly<Record<string, string>> }

const pages = allPages.filter((page) => commandsIn(textOf(page)).length > 0)

describe('what runs the commands', () => {
  test('is known of every page', () => {
    expect(pages).toEqual(expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'docs/load.md']))
    expect([...RECORDS].filter((page) => !pages.includes(page))).toEqual([])
  })

  test.each(pages.filter((page) => !RECORDS.has(page)))('is known of %s', (page) => {
    expect(commandsIn(textOf(page)).filter((command) => !Object.hasOwn(TYPED_BY, command))).toEqual([])
  })

  test('is known of no command that no page shows', () => {
    const shown = new Set(pages.flatMap((page) => commandsIn(textOf(page))))
    expect(Object.keys(TYPED_BY).filter((command) => !shown.has(command))).toEqual([])
  })

  test('is true', () => {
    const untrue = Object.entries(TYPED_BY).filter(([, by]) => {
      if (by === 'the test' || 'notRun' in by) return false
      const [file, ...words] = by
      return words.length === 0 || words.some((typed) => !textOf(file).includes(typed))
    })
    expect(untrue).toEqual([])
  })
})

interface Called {
  /** As package.json names it. */
  readonly script: string
  readonly args: readonly string[]
}

/** The script that is called; undefined for what is none of ours. */
function called(command: string): Called | undefined {
  const [tool = '', verb = '', ...rest] = wordsIn(command)
  if (tool.startsWith('s2-')) return { script: tool.slice('s2-'.length), args: [verb, ...rest] }
  if (tool !== 'npm') return undefined
  if (verb === 'start') return { script: 'conformance', args: ['run', ...rest.slice(1)] }
  const [script] = rest
  return verb === 'run' && script !== undefined ? { script, args: rest.slice(2) } : undefined
}

const PROGRAMS: ReadonlyMap<string, readonly Command[]> = new Map([
  ['conformance', COMMANDS],
  ['load', LOAD_COMMANDS],
])

/** The sources in the folder of a file, or the file alone where the folder has others. */
function sourcesBeside(file: string): string {
  const folder = dirname(file)
  const files =
    folder === 'scripts' ? [file] : readdirSync(join(root, folder)).map((name) => join(folder, name))
  return files
    .filter((name) => name.endsWith('.ts'))
    .map(textOf)
    .join('\n')
}

/** What is wrong with how a script is called; empty if nothing is. */
function mistakesIn({ script, args }: Called): readonly string[] {
  const commands = PROGRAMS.get(script)
  if (commands === undefined) {
    if (!Object.hasOwn(scripts, script)) return [`no script ${script}`]
    const options = args.filter((arg) => arg.startsWith('--'))
    const [name] = args
    const part = PARTS.find((each) => each.name === name)
    if (script === 'verify' && part === undefined && name !== undefined) return [`no part ${name}`]
    const file = part?.file ?? /[\w./-]+\.ts/.exec(scripts[script] ?? '')?.[0]
    // Without a file of ours it is a tool of others, such as biome.
    if (options.length === 0 || file === undefined) return []
    const sources = sourcesBeside(file)
    return options.filter((option) => !new RegExp(`['"-]${option.slice('--'.length)}\\b`).test(sources))
  }
  const [name, ...given] = args
  const command = commands.find((candidate) => candidate.name === name)
  if (command === undefined) return [`no command ${name}`]
  try {
    parseGiven(command, given, {})
    return []
  } catch (error) {
    return [String(error)]
  }
}

/** One by one; settings before a command, and what follows it, are the shell's. */
const alone = (command: string): readonly string[] =>
  command.split(/ && | &$/).map((part) => part.replace(/^(?:[A-Z]\w*=\S* )+/, ''))

const FILE_CALLED = /^(?:(?:bash|node) |(?=(?:scripts|verification)\/))(\S+)/

describe('what the commands call', () => {
  const typed = pages.flatMap((page) => commandsIn(textOf(page)).flatMap(alone))

  test('is there, and takes the options that it is given', () => {
    expect(typed.flatMap((command) => called(command) ?? []).length).toBeGreaterThan(60)
    const wrong = typed.map((command) => {
      const call = called(command)
      return [command, call === undefined ? [] : mistakesIn(call)] as const
    })
    expect(wrong.filter(([, mistakes]) => mistakes.length > 0)).toEqual([])
  })

  test('is there where it is a file', () => {
    const files = typed.flatMap((command) => FILE_CALLED.exec(command)?.[1] ?? [])
    expect(files.length).toBeGreaterThan(4)
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([])
  })

  test('would be missed', () => {
    expect(called('npm run load -- fly')).toEqual({ script: 'load', args: ['fly'] })
    expect(mistakesIn({ script: 'load', args: ['fly'] })).toEqual(['no command fly'])
    expect(mistakesIn({ script: 'conformance', args: ['run', '--fly'] })).toHaveLength(1)
    expect(mistakesIn({ script: 'verify', args: ['tamper', '--fly'] })).toEqual(['--fly'])
    expect(mistakesIn({ script: 'verify', args: ['fly'] })).toEqual(['no part fly'])
    expect(mistakesIn({ script: 'fly', args: [] })).toEqual(['no script fly'])
  })
})
