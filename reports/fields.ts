import { replayCommands, reproduceCommand } from './reproduce.ts'
import type { RequirementResult, RunResult } from './result.ts'
import { timelineLines } from './timeline-text.ts'

export interface Field {
  readonly label: string
  readonly text: string
  /** Decides about line breaks: only prose is wrapped. */
  readonly kind: 'prose' | 'command' | 'drawing'
}

/** Returns the labelled texts of a row that did not pass, in reading order. Drawings are `width` columns wide. */
export function fieldsOf(result: RunResult, row: RequirementResult, width: number): readonly Field[] {
  const [drawn] = row.timelines ?? []
  return [
    ...some('prose', 'rule', row.statement),
    ...(row.subject === undefined
      ? some('prose', 'reason', row.reason)
      : some('prose', 'subject', row.subject)),
    ...some('prose', 'request', row.request),
    ...some('prose', 'actual', row.actual),
    ...some('drawing', 'drawn', drawn && timelineLines(drawn, width).join('\n')),
    ...some('prose', 'expected', row.expected),
    ...some('prose', 'source', row.source),
    ...some('prose', 'files', row.files?.join(' ')),
    ...some('command', 'curl', row.curl),
    ...replayCommands(result, row).flatMap((text) => some('command', 'replay', text)),
    ...some('command', 'reproduce', reproduceCommand(result, row)),
  ]
}

const some = (kind: Field['kind'], label: string, text: string | undefined): readonly Field[] =>
  text === undefined ? [] : [{ kind, label, text }]

const DRAWING_WIDTH = 120

/** Returns the fields of a row as text, each with its label, for reports of a CI system. */
export const detailsOf = (result: RunResult, row: RequirementResult): string =>
  fieldsOf(result, row, DRAWING_WIDTH)
    .map(({ label, text, kind }) => `${label}:${kind === 'drawing' ? '\n' : ' '}${text}`)
    .join('\n')
