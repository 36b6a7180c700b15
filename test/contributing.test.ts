import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { blocksIn, inlineIn, root, textOf } from './markdown.ts'

const contributing = textOf('CONTRIBUTING.md')
const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> }

/** Commands that the README has for everybody, and those that others call. */
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

  test('in the table are there', () => {
    expect(table.length).toBeGreaterThan(20)
    const missing = table.filter((command) => {
      const [, script] = /^npm (?:run )?([\w:-]+)/.exec(command) ?? []
      if (script !== undefined) return script !== 'ci' && !Object.hasOwn(scripts, script)
      return !existsSync(join(root, command.replace(/^bash /, '').replace(/ .*/, '')))
    })
    expect(missing).toEqual([])
  })

  test('that package.json has are in the table', () => {
    const named = new Set(table.map((command) => /^npm (?:run )?([\w:-]+)/.exec(command)?.[1]))
    const left = Object.keys(scripts).filter((name) => !named.has(name) && !NOT_FOR_THE_TABLE.has(name))
    expect(left).toEqual([])
  })

  /** Those that change the sources, and those that others call. */
  const NOT_FOR_CI: ReadonlySet<string> = new Set(['format', 'proto', ...NOT_FOR_THE_TABLE, 'build'])

  test('that CI does not run are said to be left out', () => {
    const ci = textOf('.ci/run')
    const isRun = (script: string): boolean =>
      new RegExp(`npm (?:run )?(?:--silent )?${script}(?![\\w:-])`).test(ci)
    const leftOut = Object.keys(scripts).filter((script) => !isRun(script) && !NOT_FOR_CI.has(script))
    const [, said = ''] = /What is not in it .*?: (.*) \|$/m.exec(contributing) ?? []
    expect(inlineIn(said).toSorted()).toEqual(leftOut.toSorted())
  })

  test('call files that are there', () => {
    const called = Object.values(scripts).flatMap(
      (script) => script.match(/[\w./-]+\.(?:[jt]s|json|sh)\b/g) ?? [],
    )
    expect(called.length).toBeGreaterThan(20)
    expect(called.filter((file) => !existsSync(join(root, file)))).toEqual([])
  })

  test('in a sentence are there', () => {
    const typed = inlineIn(contributing).flatMap((text) => /^npm run ([\w:-]+)/.exec(text)?.[1] ?? [])
    expect(typed.filter((script) => !Object.hasOwn(scripts, script))).toEqual([])
  })
})

describe('the house', () => {
  /** Paths by their indentation: `room/` at four spaces, what is in it at six. */
  function listed(): readonly string[] {
    const [house = ''] = /^## The house\n(.*?)^## /ms.exec(contributing)?.slice(1) ?? []
    let room = ''
    return [...house.matchAll(/^( {4}| {6})(\S+)\/(?: |$)/gm)].map(([, indent = '', name = '']) => {
      if (indent.length === 4) room = name
      return indent.length === 4 ? name : `${room}/${name}`
    })
  }

  const foldersIn = (room: string): readonly string[] =>
    readdirSync(join(root, room), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `${room}/${name}`)

  test('lists rooms that are there', () => {
    expect(listed().length).toBeGreaterThan(25)
    expect(listed().filter((room) => !existsSync(join(root, room)))).toEqual([])
  })

  test.each(['reference-server', 'conformance', 'load'])('lists every room of %s', (room) => {
    expect(listed()).toEqual(expect.arrayContaining([...foldersIn(room)]))
  })
})

test('names files that are there', () => {
  const paths = inlineIn(contributing).filter(
    (text) => /^[\w.-]+\/[\w./-]*[\w/]$/.test(text) && !/[A-Z]{3}/.test(text),
  )
  expect(paths.length).toBeGreaterThan(5)
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([])
})

test('has no fence whose command nobody runs', () => {
  expect(blocksIn(contributing, 'sh')).toEqual([])
})
