import type { Io } from '../../kit/cli/command.ts'
import { assignedSecrets, isSecretName } from '../../kit/hide-assignments.ts'
import { plain } from '../../kit/text/plain.ts'
import { createRedactor, type Redactor } from '../redact.ts'
import { passwordsIn } from '../wire/proxy.ts'

/** An `Io` behind which nothing else prints: no secret and no control sequence from elsewhere passes it. */
export interface SafeIo extends Io {
  readonly secrets: Redactor
  readonly unwritten: Map<string, string>
}

/** Colours, as `styleText` writes those of `reports/terminal.ts`. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones it is about
const COLOUR = /(\u001b\[(?:1|2|22|3[1-3]|39)m)/
/** What is drawn over on a terminal: see `load/live/redrawn-lines.ts` and `progress.ts`. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones it is about
const DRAWING = /(\r\u001b\[K|\u001b\[(?:K|J|\?25[lh]|\d{1,3}A\r))/

/**
 * The one filter at the edge of a command. It removes the secrets of the environment and of the command line, and makes
 * visible what a terminal or the log of a CI job would obey; our own colours and drawing pass where they are in use.
 */
export function safeIo(io: Io, argv: readonly string[], program?: string): SafeIo {
  const secrets = createRedactor([...secretsOf(io.env), ...argv.flatMap(assignedSecrets)])
  const clean = (text: string): string => plain(secrets.text(text))
  const cleanBut = (own: RegExp | undefined, text: string): string =>
    own === undefined
      ? clean(text)
      : text
          .split(own)
          .map((part, index) => (index % 2 === 1 ? part : clean(part)))
          .join('')
  const { annotate } = io
  return {
    ...io,
    ...(program !== undefined && { program }),
    // The command that carries it is escaped where it is written, and would be made visible by `out`.
    ...(annotate !== undefined && {
      annotate: ({ level, title, message }) =>
        annotate({ level, title: clean(title), message: clean(message) }),
    }),
    get progressWidth() {
      return io.progressWidth
    },
    out: (text) => io.out(cleanBut(io.colour ? COLOUR : undefined, text)),
    err: (text) => io.err(cleanBut(io.isInteractive ? DRAWING : undefined, text)),
    secrets,
    unwritten: new Map(),
  }
}

/** Variables that are not ours may hold a word, or say where a secret is. */
const secretsOf = (env: Io['env']): readonly string[] =>
  Object.entries(env).flatMap(([name, value = '']) => {
    const isLikely = value.length >= LEAST_LENGTH && !/^\/|:\/\/|\s/.test(value)
    if (/_proxy$/i.test(name)) return passwordsIn(value)
    return isSecretName(name) && (name.startsWith('S2_') || isLikely) ? [value] : []
  })

const LEAST_LENGTH = 16
