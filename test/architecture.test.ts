import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root, textOf } from './markdown.ts'
import { importsOf } from './source-files.ts'

interface Step {
  readonly file: string
  readonly symbol: string
}

/** The numbered steps of each section. */
const paths = textOf('docs/architecture.md')
  .split('\n## ')
  .map((section) => ({
    title: section.split('\n')[0] ?? '',
    steps: [...section.matchAll(/^\d+\. `([^`]+)` `([^`]+)`:/gm)].map(
      ([, file = '', symbol = '']): Step => ({ file, symbol }),
    ),
  }))
  .filter(({ steps }) => steps.length > 0)

/** Whether one imports the other, directly or through one file between them. */
function areConnected(one: string, other: string): boolean {
  const near = (file: string): readonly string[] => [...importsOf(file).files, ...workersOf(file)]
  const reaches = (from: string, to: string): boolean =>
    near(from).includes(to) || near(from).some((between) => near(between).includes(to))
  return reaches(one, other) || reaches(other, one)
}

/** Files that it starts as threads. */
const workersOf = (file: string): readonly string[] =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/moduleUrl\('([^']+)'/g)].map(([, name = '']) =>
    posix.join(posix.dirname(file), `${name}.ts`),
  )

test('docs/architecture.md has three paths', () => {
  expect(paths.map(({ title }) => title)).toEqual(['An appended record', 'A requirement', 'A load'])
})

describe.each(paths)('the path of $title', ({ steps }) => {
  test.each(steps)('$file declares $symbol', ({ file, symbol }) => {
    expect(existsSync(join(root, file))).toBe(true)
    const declared = new RegExp(
      `^export (?:async )?(?:function|const|class|interface|type) ${symbol}\\b`,
      'm',
    )
    expect(readFileSync(join(root, file), 'utf8')).toMatch(declared)
  })

  test('its steps are connected by imports', () => {
    const found = new Set(steps.slice(0, 1).map(({ file }) => file))
    for (let before = 0; before < found.size; ) {
      before = found.size
      for (const { file } of steps) if ([...found].some((step) => areConnected(step, file))) found.add(file)
    }
    expect(steps.filter(({ file }) => !found.has(file))).toEqual([])
  })
})
