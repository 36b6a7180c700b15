import type { TestResult } from './client.ts'
import type { Finished } from './command.ts'

/**
 * The results of a run, with the run itself among them if it went wrong in a way that no test tells: it was killed, or it
 * says that it failed although no test did.
 */
export function withTheRun(results: readonly TestResult[], run: Finished): readonly TestResult[] {
  const toldBySome = results.some(({ outcome }) => outcome === 'failed')
  if (run.code === 0 || (run.code !== undefined && toldBySome)) return results
  const how = run.timedOut ? 'took too long and was killed' : `ended with ${run.code ?? 'a signal'}`
  return [
    ...results,
    {
      test: 'the run as a whole',
      outcome: 'failed',
      output: `${how}\n${run.stdout.slice(-2000)}\n${run.stderr.slice(-2000)}`,
    },
  ]
}
