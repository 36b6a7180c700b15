import { shellWord } from '../../reports/shell-word.ts'
import type { Given } from '../cli/command.ts'

/** Options with what was given for them, as a shell takes them. */
export const optionWords = (given: Given, names: readonly string[]): readonly string[] =>
  names.flatMap((name) => given.all(name).map((value) => `--${name} ${shellWord(value)}`))
