import type { Given } from '../../kit/cli/command.ts'
import { hideAssignments } from '../../kit/hide-assignments.ts'
import { shellWord } from '../../kit/text/shell-word.ts'

/** Options with what was given for them, as a shell takes them, and without the secrets that a command assigns. */
export const optionWords = (given: Given, names: readonly string[]): readonly string[] =>
  names.flatMap((name) => given.all(name).map((value) => wordsOf(name, value)))

const wordsOf = (name: string, value: string): string =>
  value === '' ? `--${name}` : `--${name} ${shellWord(hideAssignments(value))}`
