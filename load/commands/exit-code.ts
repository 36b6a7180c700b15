import { EXIT } from '../../conformance/cli/command.ts'
import type { LoadResult } from '../../reports/load/result.ts'

/** 1 for a record that was lost or changed, 3 for numbers that are INVALID, or SUSPECT and that is not allowed. */
export function exitCode({ verdict, integrity }: LoadResult, allowSuspect: boolean): number {
  if (integrity.verdict === 'violated') return EXIT.notConformant
  if (verdict === 'INVALID' || integrity.verdict === 'incomplete') return EXIT.inconclusive
  return verdict === 'SUSPECT' && !allowSuspect ? EXIT.inconclusive : EXIT.conformant
}
