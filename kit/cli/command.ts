import type { Annotation } from './ci-report.ts'
import type { Interruption } from './interruption.ts'

/** What a command sees of the world; nothing else of the process is touched. */
export interface Io {
  /** Name of the program, before each of its own messages. */
  readonly program?: string
  /** Results. */
  out(text: string): void
  /** Progress and notes. */
  err(text: string): void
  /** Annotates the change in a CI system; absent where there is none that can. */
  readonly annotate?: ((annotation: Annotation) => void) | undefined
  readonly env: Readonly<Record<string, string | undefined>>
  /** Whether stderr is a terminal, on which progress may be drawn. */
  readonly isInteractive: boolean
  /** Of stdout; what is no terminal has room for everything. */
  readonly width: number
  /** Of stderr, as it is now; undefined for one that does not say. */
  readonly progressWidth?: number | undefined
  readonly colour: boolean
  /** Aborted by the first Ctrl-C, and when the terminal goes. */
  readonly interrupted: AbortSignal
  /** Told by a second Ctrl-C, until what is returned is called; absent where nobody would hear it. */
  readonly leaves?: Interruption['leaves']
  readonly cwd: string
  /** Takes secrets out of what is written to files; `out` and `err` do that themselves. Set by the filter of the program. */
  readonly secrets?: Secrets
  /** Output files that were requested and are not written yet, each with what to report if that stays so. */
  readonly unwritten?: Map<string, string>
}

/** Takes secrets out of text. */
export interface Secrets {
  /** Hides this value from now on. */
  readonly learn: (secret: string) => void
  readonly text: (text: string) => string
}

/** One option as data: parsing and help are made from it. */
export interface Option {
  readonly name: string
  /** What stands for its value in the help; absent for a switch. */
  readonly value?: string
  /** May be given more than once. */
  readonly multiple?: boolean
  /** Its value is a file that the command writes. */
  readonly isOutput?: true
  readonly default?: string
  readonly help: string
  /** Taken when the option is not given. */
  readonly env?: string
  /** Heading in the help. Options without one come under "Options". */
  readonly group?: string
}

/** The command line of a command as data. */
export interface Syntax {
  readonly name: string
  readonly summary: string
  /** What may stand beside the options: `[GLOB...]`. */
  readonly operands?: string
  readonly options: readonly Option[]
  readonly examples: readonly string[]
  /** Meaning of the exit codes; absent where the program's help has it. */
  readonly exitCodes?: string
}

export interface Command extends Syntax {
  /** Seconds after which the command ends where `--max-seconds` is not given; absent or undefined, it has no limit. */
  defaultTimeLimit?(given: Given): number | undefined
  /** Returns the exit code; throws a `UserError` with the sentence for the user. */
  run(given: Given, io: Io): Promise<number>
}

/** Returns the options under a heading of the help. */
export const inGroup = (group: string, options: readonly Option[]): readonly Option[] =>
  options.map((option) => ({ ...option, group }))

/** Reports whether the command has this option, whatever its group. */
export const takes = ({ options }: Syntax, { name }: Option): boolean =>
  options.some((option) => option.name === name)

/** Several commands under one name. */
export interface Program {
  readonly name: string
  /** What it is for, after its name. */
  readonly about: string
  readonly version: string
  readonly commands: readonly Command[]
  /** Meaning of the exit codes, in one line. */
  readonly exitCodes: string
  /** Returns an `Io` behind which no secret of the environment or of `argv` is printed. */
  filter(io: Io, argv: readonly string[], program: string): Io
  /** Returns words to add to the command line, from files that its options name. Throws `UsageError`. */
  moreWords(command: Command, given: Given, io: Io): Promise<readonly string[]>
  /** Runs before the command. Throws `UsageError`. */
  prepare(command: Command, given: Given, io: Io): Promise<void>
}

/** What the user gave, environment and defaults filled in. */
export interface Given {
  /** The value of an option. */
  text(name: string): string | undefined
  all(name: string): readonly string[]
  flag(name: string): boolean
  readonly operands: readonly string[]
}

export const EXIT = { conformant: 0, notConformant: 1, usage: 2, inconclusive: 3 } as const
