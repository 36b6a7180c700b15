import type { TestResult } from '../client.ts'

/** Reads what `vitest run --reporter=json` prints. Throws if it is not that. */
export function parseVitest(stdout: string): readonly TestResult[] {
  const report = JSON.parse(stdout) as Report
  return report.testResults.flatMap(({ name, message, assertionResults }) =>
    // A file that cannot be loaded has no tests, and a message.
    assertionResults.length === 0
      ? [{ test: name, outcome: 'failed' as const, output: message }]
      : assertionResults.map(({ fullName, status, failureMessages }) => ({
          test: fullName,
          outcome:
            status === 'passed'
              ? ('passed' as const)
              : status === 'failed'
                ? ('failed' as const)
                : ('skipped' as const),
          output: failureMessages.join('\n'),
        })),
  )
}

interface Report {
  readonly testResults: readonly {
    readonly name: string
    readonly message: string
    readonly assertionResults: readonly {
      readonly fullName: string
      readonly status: string
      readonly failureMessages: readonly string[]
    }[]
  }[]
}
