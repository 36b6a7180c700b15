import { globSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { S2_LITE_IMAGE } from '../conformance/testcontainers.ts'
import { VERSION } from '../kit/version.ts'
import { root, textOf } from './markdown.ts'

interface Step {
  readonly uses?: string
  readonly run?: string
}

interface Action {
  readonly inputs: Readonly<Record<string, unknown>>
  readonly runs: { readonly steps: readonly Step[] }
}

interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>
}

const action: Action = parse(textOf('action.yml'))
const workflows = globSync('{.github,examples}/workflows/*.yml', { cwd: root }).toSorted()
const workflowOf = (file: string): Workflow => parse(textOf(file))

const stepsOf = (file: string): readonly Step[] =>
  file === 'action.yml'
    ? action.runs.steps
    : Object.values(workflowOf(file).jobs).flatMap(({ steps }) => steps)

describe.each(['action.yml', ...workflows])('%s', (file) => {
  test('passes values to the shell in the environment only', () => {
    const scripts = stepsOf(file).flatMap(({ run }) => run ?? [])
    expect(scripts).not.toEqual([])
    // What an expression puts into a script is code.
    expect(scripts.filter((script) => script.includes('${{'))).toEqual([])
    // Without quotes the shell splits a value and expands its patterns.
    expect(scripts.flatMap((script) => script.match(/(?<!")\$\{?INPUT_\w+/g) ?? [])).toEqual([])
  })

  test('uses no action but those of GitHub and this one', () => {
    const used = stepsOf(file).flatMap(({ uses }) => uses ?? [])
    expect(
      used.filter((name) => !/^(?:actions\/[\w-]+@v\d+|OWNER\/s2-conformance@v[\d.]+)$/.test(name)),
    ).toEqual([])
  })
})

test.each(workflows)('%s limits what its token permits', (file) => {
  expect(workflowOf(file).permissions).toMatchObject({ contents: 'read' })
})

test('the action uses each of its inputs', () => {
  const text = textOf('action.yml')
  const unused = Object.keys(action.inputs).filter((name) => !text.includes(`inputs.${name} `))
  expect(unused).toEqual([])
})

test('the examples name the version of the package', () => {
  const named = globSync('examples/{workflows,compose}/*', { cwd: root }).flatMap((file) =>
    [...textOf(file).matchAll(/s2-conformance[@:]v?(\d[\w.-]*\w)/g)].map(([, version]) => version),
  )
  expect(named.length).toBeGreaterThanOrEqual(5)
  expect([...new Set(named)]).toEqual([VERSION])
})

test('S2Container starts the version of s2-lite that the published runs judge', () => {
  const [, version] = /^S2_CLI=(.*)$/m.exec(textOf('scripts/versions.env')) ?? []
  expect(S2_LITE_IMAGE).toBe(`ghcr.io/s2-streamstore/s2:${version}`)
})
