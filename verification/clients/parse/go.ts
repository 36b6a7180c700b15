import type { TestResult } from '../client.ts'

const OUTCOMES = { pass: 'passed', fail: 'failed', skip: 'skipped' } as const

interface Seen {
  outcome: TestResult['outcome'] | undefined
  output: string
}

/**
 * Reads what `go test -json` prints. A test that is made of others stands for itself only if it failed and none of
 * them did; one that began and never ended has failed.
 */
export function parseGoTest(stdout: string): readonly TestResult[] {
  const seen = new Map<string, Seen>()
  for (const { Test, Action, Output } of stdout.split('\n').flatMap(eventOf)) {
    if (Test === undefined) continue
    const test: Seen = seen.get(Test) ?? { outcome: undefined, output: '' }
    seen.set(Test, test)
    if (isOutcome(Action)) test.outcome = OUTCOMES[Action]
    test.output += Output ?? ''
  }
  const parts = [...seen.entries()]
  return parts
    .filter(([name, { outcome }]) => {
      const within = parts.filter(([other]) => other.startsWith(`${name}/`))
      return (
        within.length === 0 || (outcome !== 'passed' && within.every(([, part]) => part.outcome === 'passed'))
      )
    })
    .map(([test, { outcome = 'failed', output }]) => ({ test, outcome, output: output.trim() }))
}

interface GoEvent {
  readonly Action: string
  readonly Test?: string
  readonly Output?: string
}

function eventOf(line: string): GoEvent[] {
  // What a package prints outside of its tests is not JSON.
  if (!line.startsWith('{')) return []
  const event: unknown = JSON.parse(line)
  return isEvent(event) ? [event] : []
}

const isEvent = (event: unknown): event is GoEvent =>
  typeof event === 'object' && event !== null && 'Action' in event && typeof event.Action === 'string'

const isOutcome = (action: string): action is keyof typeof OUTCOMES => Object.hasOwn(OUTCOMES, action)
