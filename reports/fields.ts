import { againCommand, replayCommands } from './again.ts'
import type { RequirementResult, RunResult } from './result.ts'
import { timelineLines } from './timeline-text.ts'

export interface Field {
  readonly label: string
  readonly text: string
  /** Sentences are wrapped where there is little room; a command stays in one line, a drawing in its own. */
  readonly kind: 'prose' | 'command' | 'drawing'
}

/** All that is said of a row that needs eyes, in the order in which a person reads it. `width`: of a drawing. */
export function fieldsOf(result: RunResult, row: RequirementResult, width: number): readonly Field[] {
  const [drawn] = row.timelines ?? []
  return [
    ...some('prose', 'rule', row.statement),
    ...some('prose', 'what', row.what ?? row.reason),
    ...some('prose', 'asked', row.asked),
    ...some('prose', 'came', row.came),
    ...some('drawing', 'drawn', drawn && timelineLines(drawn, width).join('\n')),
    ...some('prose', 'allowed', row.allowed),
    ...some('prose', 'source', row.source),
    ...some('prose', 'files', row.files?.join(' ')),
    ...some('command', 'curl', row.curl),
    ...replayCommands(result, row).flatMap((text) => some('command', 'replay', text)),
    ...some('command', 'again', againCommand(result, row)),
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
