import type { LoadResult } from '../../reports/load/result.ts'

/** 1 for a record that was lost or changed, 3 for numbers that are INVALID, or SUSPECT and that is not allowed. */
export function exitCode({ verdict, integrity }: LoadResult, allowSuspect: boolean): number {
  if (integrity.verdict === 'violated') return 1
  if (verdict === 'INVALID' || integrity.verdict === 'incomplete') return 3
  return verdict === 'SUSPECT' && !allowSuspect ? 3 : 0
}
