import { UsageError } from '../usage-error.ts'
import type { Command, Option, Syntax } from './command.ts'
import { parseGiven } from './parse.ts'

/**
 * Returns what `complete` prints. With a shell alone it is a script for that shell; with the words of a command line, the
 * candidates for the last of them, a line each: the word, a space, and its help. A shell that gets no candidate offers the
 * names of files. Throws `UsageError`.
 */
export function complete(
  program: string,
  argv: readonly string[],
  candidates: (words: readonly string[]) => readonly string[],
): string {
  const { operands } = parseGiven(COMPLETE, argv, {})
  const [shell = '', ...words] = operands
  const script = Object.hasOwn(SCRIPTS, shell) ? SCRIPTS[shell] : undefined
  if (script === undefined)
    throw new UsageError(`complete takes a shell, ${SHELLS.join(', ')}, not "${shell}"`)
  const lines = words.length === 0 ? [script(program, program.replaceAll('-', '_'))] : candidates(words)
  return lines.map((line) => `${line}\n`).join('')
}
/** Adds the command `complete` to those of a program. */
export const withCompletion = (program: string, commands: readonly Command[]): readonly Command[] => [
  ...commands,
  {
    ...COMPLETE,
    run({ operands }, io) {
      io.out(complete(program, ['--', ...operands], (words) => completeCommandLine(words, commands)))
      return Promise.resolve(0)
    },
  },
]

/** Returns the candidates for the last word after the name of a program that has commands. */
export function completeCommandLine(
  words: readonly string[],
  commands: readonly Syntax[],
): readonly string[] {
  const [name = '', ...rest] = words
  if (rest.length === 0)
    return commands.filter((each) => each.name.startsWith(name)).map((each) => `${each.name} ${each.summary}`)
  const command = commands.find((each) => each.name === name)
  return command === undefined ? [] : completeOptions(rest, command)
}

/** Returns the candidates for the last word: options that are not given yet, or values of one that has a list of them. */
export function completeOptions(words: readonly string[], command: Syntax): readonly string[] {
  const { options, operands } = command
  // Bash passes an equals sign as a word of its own, and zsh and fish as a part of the word.
  const last = (words.at(-1) ?? '').replace(/^=$/, '')
  const before = words.slice(0, -1).filter((word) => word !== '=')
  const previous = options.find(({ name, value }) => value !== undefined && before.at(-1) === `--${name}`)
  if (previous !== undefined) return choicesOf(previous).filter((choice) => choice.startsWith(last))
  const [, name, text = ''] = /^--([^=]+)=(.*)$/.exec(last) ?? []
  if (name !== undefined) {
    const option = options.find((each) => each.name === name)
    const choices = option === undefined ? [] : choicesOf(option)
    return choices.filter((choice) => choice.startsWith(text)).map((choice) => `--${name}=${choice}`)
  }
  if (operands !== undefined && !last.startsWith('-')) return []
  const isOpen = (option: Option): boolean => option.multiple === true || !isGiven(option, before)
  return options
    .filter((option) => isOpen(option) && `--${option.name}`.startsWith(last))
    .map((option) => `--${option.name} ${option.help}`)
}

const isGiven = ({ name }: Option, words: readonly string[]): boolean =>
  words.some((word) => word === `--${name}` || word.startsWith(`--${name}=`))

/** The values in `none|loopback|any`. Words in capitals stand for something else. */
const choicesOf = ({ value = '' }: Option): readonly string[] =>
  value.includes('|') ? value.split('|').filter((word) => /^[a-z0-9][a-z0-9-]*$/.test(word)) : []

/** By the name of the shell. `id` is the program's name as an identifier. */
const SCRIPTS: Readonly<Record<string, (program: string, id: string) => string>> = {
  bash: (program, id) => `_${id}() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    COMPREPLY+=("\${line%% *}")
  done < <(${program} complete bash -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _${id} ${program}`,
  zsh: (program, id) => `#compdef ${program}
_${id}() {
  local -a lines
  lines=("\${(@f)$(${program} complete zsh -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "\${lines[1]}" ]]; then
    _describe ${program} "\${(@)lines/ /:}"
  else
    _files
  fi
}
compdef _${id} ${program}`,
  fish: (program, id) => `function __${id}
  set -l words (commandline -opc)
  set -l word (commandline -ct)
  set -l lines (${program} complete fish -- $words[2..-1] "$word" 2>/dev/null)
  if test (count $lines) -gt 0
    printf '%s\\n' $lines | string replace ' ' \\t
  else
    __fish_complete_path "$word"
  end
end
complete -c ${program} -f -a '(__${id})'`,
}

const SHELLS: readonly string[] = Object.keys(SCRIPTS)

const COMPLETE: Syntax = {
  name: 'complete',
  summary: 'prints a script with which a shell completes commands and options',
  operands: SHELLS.join('|'),
  options: [],
  examples: SHELLS.map((shell) => `complete ${shell}`),
}
