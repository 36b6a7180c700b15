import type { RequirementResult } from './result.ts'

/**
 * The row with every text in it that came from a run put through `change`. The transcript first, in the order in which
 * things happened.
 */
export function withTexts(row: RequirementResult, change: (text: string) => string): RequirementResult {
  const { transcript, reason, what, asked, allowed, came, observations, files, curl, timelines, ...rest } =
    row
  const lines = transcript?.map(change)
  return {
    ...rest,
    ...(reason !== undefined && { reason: change(reason) }),
    ...(what !== undefined && { what: change(what) }),
    ...(asked !== undefined && { asked: change(asked) }),
    ...(allowed !== undefined && { allowed: change(allowed) }),
    ...(came !== undefined && { came: change(came) }),
    observations: observations.map(change),
    ...(lines !== undefined && { transcript: lines }),
    ...(files !== undefined && { files: files.map(change) }),
    ...(curl !== undefined && { curl: change(curl) }),
    ...(timelines !== undefined && {
      timelines: timelines.map(({ title, operations }) => ({
        title: change(title),
        operations: operations.map(({ client, label, outcome, ...operation }) => ({
          ...operation,
          client: change(client),
          label: change(label),
          outcome: change(outcome),
        })),
      })),
    }),
  }
}
