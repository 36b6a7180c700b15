import type { TestResult } from '../client.ts'

/** Reads what `python -m unittest -v` prints to stderr; tests must have no docstring, which would take their name's place. */
export function parseUnittest(stderr: string): readonly TestResult[] {
  const outputs = new Map(
    [...stderr.matchAll(/^(?:FAIL|ERROR): (\w+ \(.+?\))\n-+\n([\s\S]*?)(?=^={70}$|^-{70}$)/gm)].map(
      ([, test = '', output = '']) => [test, output.trim()],
    ),
  )
  const lines = stderr.matchAll(/^(\w+ \(.+?\)) \.\.\. (?:.*\n)*?(ok|FAIL|ERROR|skipped)(?: '(.*)')?$/gm)
  return [...lines].map(([, test = '', word = '', why = '']) => ({
    test,
    outcome: word === 'ok' ? 'passed' : word === 'skipped' ? 'skipped' : 'failed',
    output: outputs.get(test) ?? why,
  }))
}
