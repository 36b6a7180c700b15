import type { Requirement } from '../../conformance/check/requirement.ts'
import type { RequirementResult } from '../../reports/result.ts'

export type Result = Pick<RequirementResult, 'id' | 'verdict' | 'reason' | 'traffic'>

export interface Judged {
  readonly results: readonly Result[]
  /** First results of rows that were judged once more, alone, since they were inconclusive or in error. */
  readonly again?: readonly Result[]
}

/**
 * Judges the requirements, and those that were inconclusive or in error once more, each alone: a busy machine may keep the
 * evidence away. The second verdict stands, and the first is printed with its reason.
 */
export async function judgeAgain(
  requirements: readonly Requirement[],
  judge: (requirements: readonly Requirement[]) => Promise<readonly Result[]>,
): Promise<Judged> {
  const first = await judge(requirements)
  const again = first.filter(({ verdict }) => verdict === 'inconclusive' || verdict === 'error')
  const second: Result[] = []
  for (const { id } of again) second.push(...(await judge(requirements.filter((each) => each.id === id))))
  return { results: first.map((result) => second.find(({ id }) => id === result.id) ?? result), again }
}

/** Returns a line for each row that was judged again, with both of its verdicts. */
export const linesOfAgain = ({ results, again = [] }: Judged): readonly string[] =>
  again.map(({ id, verdict: first, reason = 'no reason' }) => {
    const { verdict } = results.find((result) => result.id === id) ?? { verdict: 'not judged' }
    return `  again: ${id} was ${first} (${reason}); alone: ${verdict}`
  })
