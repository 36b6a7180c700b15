import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { row } from '../conformance/catalogue/catalogue.ts'
import { PARTS } from '../verification/parts.ts'
import { blocksIn, inlineIn, root, textOf } from './markdown.ts'

const contributing = textOf('CONTRIBUTING.md')
const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> }

/** Commands that the README has for users, and those that other commands call. */
const NOT_FOR_THE_TABLE: ReadonlySet<string> = new Set([
  'prepack',
  'prepublishOnly',
  'reference-server',
  'lint',
  'types',
])

describe('the commands', () => {
  const table = [...contributing.matchAll(/^\| `(.*?)`(?:, `(.*?)`)? \|/gm)].flatMap(([, one, other]) =>
    [one, other].filter((command) => command !== undefined),
  )

  test('in the tables exist', () => {
    expect(table.length).toBeGreaterThan(20)
    const missing = table.filter((command) => {
      const [, script] = /^npm (?:run )?([\w:-]+)/.exec(command) ?? []
      if (script !== undefined) return script !== 'ci' && !Object.hasOwn(scripts, script)
      return !existsSync(join(root, command.replace(/^(?:bash|node) /, '').replace(/ .*/, '')))
    })
    expect(missing).toEqual([])
  })

  test('of package.json are in a table', () => {
    const named = new Set(table.map((command) => /^npm (?:run )?([\w:-]+)/.exec(command)?.[1]))
    const left = Object.keys(scripts).filter((name) => !named.has(name) && !NOT_FOR_THE_TABLE.has(name))
    expect(left).toEqual([])
  })

  test('of package.json are at most twelve', () => {
    expect(Object.keys(scripts).length).toBeLessThanOrEqual(12)
  })

  test('of `npm run verify` are in a table', () => {
    const named = table.flatMap((command) => /^npm run verify -- (\S+)/.exec(command)?.[1] ?? [])
    expect(named.toSorted()).toEqual(PARTS.map(({ name }) => name).toSorted())
  })

  test('of `npm run verify` that CI does not run are named', () => {
    const ci = textOf('.ci/run')
    const leftOut = PARTS.filter(({ name }) => !new RegExp(`verify -- ${name}(?![\\w-])`).test(ci))
    const [, said = ''] = /that CI does not run: (.*) \|$/m.exec(contributing) ?? []
    expect(inlineIn(said).toSorted()).toEqual(leftOut.map(({ name }) => name).toSorted())
  })

  test('call files that exist', () => {
    const called = [
      ...Object.values(scripts).flatMap((script) => script.match(/[\w./-]+\.(?:[jt]s|json|sh)\b/g) ?? []),
      ...PARTS.map(({ file }) => file),
    ]
    expect(called.length).toBeGreaterThan(20)
    expect(called.filter((file) => !existsSync(join(root, file)))).toEqual([])
  })

  test('in a sentence exist', () => {
    const typed = inlineIn(contributing).flatMap((text) => /^npm run ([\w:-]+)/.exec(text)?.[1] ?? [])
    expect(typed.filter((script) => !Object.hasOwn(scripts, script))).toEqual([])
  })
})

describe('the worked example', () => {
  const blocks = blocksIn(contributing, 'ts')

  test('has a check and a mutant', () => {
    expect(blocks).toHaveLength(2)
  })

  test.each([
    ['check', 0, 'conformance/requirements/TAIL/consistency.ts'],
    ['mutant', 1, 'verification/suite-mutants/check-tail/tail-counts-what-is-kept.ts'],
  ] as const)('quotes the %s as it is', (_, index, file) => {
    const withoutIndent = (text: string): string => text.replaceAll(/^ +/gm, '')
    expect(withoutIndent(textOf(file))).toContain(withoutIndent(blocks[index] ?? 'no such block'))
  })

  test('quotes the statement of its row', () => {
    const [, statement] = /^> (.*)$/m.exec(contributing) ?? []
    expect(row('TAIL-006').statement).toBe(statement)
  })
})

test('names files that are there', () => {
  const paths = inlineIn(contributing).filter(
    (text) => /^[\w.-]+\/[\w./-]*[\w/]$/.test(text) && !/[A-Z]{3}/.test(text),
  )
  expect(paths.length).toBeGreaterThan(5)
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([])
})

test('has no fence of shell commands', () => {
  expect(blocksIn(contributing, 'sh')).toEqual([])
})
