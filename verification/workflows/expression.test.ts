import { describe, expect, test } from 'vitest'
import { evaluate, interpolate, isDue } from './expression.ts'

const context = {
  inputs: { endpoint: 'http://x', 'gate-a': '' },
  steps: { suite: { outputs: { verdict: 'ok' } } },
}
const well = { succeeded: true }
const failed = { succeeded: false }

test.each<[expression: string, value: unknown]>([
  ["inputs.endpoint != ''", true],
  ["inputs.endpoint == 'http://x' && inputs.gate-a == ''", true],
  ["inputs.gate-a != '' && !cancelled()", false],
  ["(inputs.gate-a || inputs.endpoint) == 'http://x'", true],
  ['steps.suite.outputs.verdict', 'ok'],
  ["steps.none.outputs.verdict == ''", true],
])('%s', (expression, value) => {
  expect(evaluate(expression, context, well)).toBe(value)
})

test('an expression that is not supported throws', () => {
  expect(() => evaluate("hashFiles('a')", context, well)).toThrow('is not supported')
  expect(() => evaluate('a + b', context, well)).toThrow('is not supported')
})

describe('a step', () => {
  test('runs after success, unless its condition names the status', () => {
    expect(isDue(undefined, context, failed)).toBe(false)
    expect(isDue('always()', context, failed)).toBe(true)
    expect(isDue("inputs.endpoint != ''", context, failed)).toBe(false)
    expect(isDue("inputs.endpoint != ''", context, well)).toBe(true)
  })
})

test('texts are filled in', () => {
  const filled = (path: string): string => `\${{ ${path} }}`
  const text = `a ${filled('steps.suite.outputs.verdict')} ${filled('inputs.none')}b`
  expect(interpolate(text, context, well)).toBe('a ok b')
})
