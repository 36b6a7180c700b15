import { EXIT } from '../../kit/cli/command.ts'
import type { RunResult } from '../../reports/result.ts'

export function exitCode({ outcome }: Pick<RunResult, 'outcome'>): number {
  if (outcome === 'conformant') return EXIT.conformant
  return outcome === 'not conformant' ? EXIT.notConformant : EXIT.inconclusive
}
