import { EXIT } from '../../kit/cli/command.ts'
import type { LoadResult } from '../../reports/load/result.ts'

/** Returns 1 for a record that was lost or changed, and 3 for a run that was ended early, or whose numbers are INVALID, or SUSPECT without leave. */
export function exitCode({ verdict, integrity, interrupted }: LoadResult, allowSuspect: boolean): number {
  if (integrity.verdict === 'violated') return EXIT.notConformant
  if (interrupted || verdict === 'INVALID' || integrity.verdict === 'incomplete') return EXIT.inconclusive
  return verdict === 'SUSPECT' && !allowSuspect ? EXIT.inconclusive : EXIT.conformant
}
