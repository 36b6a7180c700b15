import type { RequirementResult } from './result.ts'

/**
 * The row with every text in it that came from a run put through `change`. The transcript first, in the order in which
 * things happened.
 */
export function withTexts(row: RequirementResult, change: (text: string) => string): RequirementResult {
  const {
    transcript,
    reason,
    subject,
    request,
    expected,
    actual,
    observations,
    files,
    curl,
    timelines,
    ...rest
  } = row
  const lines = transcript?.map(change)
  return {
    ...rest,
    ...(reason !== undefined && { reason: change(reason) }),
    ...(subject !== undefined && { subject: change(subject) }),
    ...(request !== undefined && { request: change(request) }),
    ...(expected !== undefined && { expected: change(expected) }),
    ...(actual !== undefined && { actual: change(actual) }),
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
