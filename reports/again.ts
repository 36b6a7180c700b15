import { shellWord } from '../kit/text/shell-word.ts'
import type { RequirementResult, RunResult, Verdict } from './result.ts'

/** The command that judges one row again, as it was and with the same random choices; or all of it, where no row is judged alone. */
export function againCommand(
  { target, choice = '', seed, again }: RunResult,
  { id }: Pick<RequirementResult, 'id'>,
): string {
  const words = ['s2-conformance run', id, ...optional(target.options), ...optional(choice), `--seed ${seed}`]
  return again ?? words.join(' ')
}

const REPEATED: ReadonlySet<Verdict> = new Set(['fail', 'warn', 'expected', 'inconclusive', 'error'])

/** Reports whether the row was run and did not pass. */
export const hasAgain = ({ verdict }: Pick<RequirementResult, 'verdict'>): boolean => REPEATED.has(verdict)

/** The commands that send the sequences again which the check kept. */
export function replayCommands(
  { target }: RunResult,
  { files = [] }: Pick<RequirementResult, 'files'>,
): string[] {
  return files
    .filter((file) => file.endsWith('-replay.json'))
    .map((file) => ['s2-conformance replay', shellWord(file), ...optional(target.options)].join(' '))
}

const optional = (text: string): string[] => (text === '' ? [] : [text])
