import { shellWord } from '../kit/text/shell-word.ts'
import type { RequirementResult, RunResult, Verdict } from './result.ts'

/** Returns the command that runs one row again with the same options and seed, or the whole run if its rows cannot run alone. */
export function reproduceCommand(
  { target, choice = '', seed, reproduce }: RunResult,
  { id }: Pick<RequirementResult, 'id'>,
): string {
  const words = ['s2-conformance run', id, ...optional(target.options), ...optional(choice), `--seed ${seed}`]
  return reproduce ?? words.join(' ')
}

const REPEATED: ReadonlySet<Verdict> = new Set(['fail', 'warn', 'expected', 'inconclusive', 'error'])

/** Reports whether the row was run and did not pass. */
export const isReproducible = ({ verdict }: Pick<RequirementResult, 'verdict'>): boolean =>
  REPEATED.has(verdict)

/** Returns the commands that replay the sequences which the check wrote to files. */
export function replayCommands(
  { target }: RunResult,
  { files = [] }: Pick<RequirementResult, 'files'>,
): string[] {
  return files
    .filter((file) => file.endsWith('-replay.json'))
    .map((file) => ['s2-conformance replay', shellWord(file), ...optional(target.options)].join(' '))
}

const optional = (text: string): string[] => (text === '' ? [] : [text])
