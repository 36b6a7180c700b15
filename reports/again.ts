import type { RequirementResult, RunResult } from './result.ts'

/** The command that judges one row again, with the random choices of this run. */
export function againCommand({ target, seed }: RunResult, { id }: Pick<RequirementResult, 'id'>): string {
  return ['s2-conformance run', id, ...optional(target.options), `--seed ${seed}`].join(' ')
}

/** The commands that send the sequences again which the check kept. */
export function replayCommands(
  { target }: RunResult,
  { files = [] }: Pick<RequirementResult, 'files'>,
): string[] {
  return files
    .filter((file) => file.endsWith('-replay.json'))
    .map((file) => ['s2-conformance replay', word(file), ...optional(target.options)].join(' '))
}

const optional = (text: string): string[] => (text === '' ? [] : [text])

/** As a shell takes it. */
const word = (text: string): string => (/^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`)
