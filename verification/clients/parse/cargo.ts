import type { TestResult } from '../client.ts'

const OUTCOMES: Readonly<Record<string, TestResult['outcome']>> = {
  ok: 'passed',
  FAILED: 'failed',
  ignored: 'skipped',
}

/** Reads what Rust's test harness prints, of one or more test programs. */
export function parseCargoTest(stdout: string): readonly TestResult[] {
  const outputs = new Map(
    [
      ...stdout.matchAll(/^---- (.+) stdout ----\n([\s\S]*?)(?=^---- .+ stdout ----$|^failures:\n {4})/gm),
    ].map(([, test = '', output = '']) => [test, output.trim()]),
  )
  return [...stdout.matchAll(/^test (\S+)(?: - should panic)? \.\.\. (ok|FAILED|ignored)(?:, (.*))?$/gm)].map(
    ([, test = '', word = '', why = '']) => ({
      test,
      outcome: OUTCOMES[word] ?? 'failed',
      output: outputs.get(test) ?? why,
    }),
  )
}
