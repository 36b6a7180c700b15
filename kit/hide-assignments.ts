/** A place of a command line where a secret may stand. `name` decides whether it is one; without a name it is. */
const PLACES: readonly RegExp[] = [
  // `NAME=value`, as a shell takes it; NAME may be an option too: `--access-token=value`.
  /(?<![\w-])(?<before>(?<name>-{0,2}[A-Za-z_][\w-]*)=)(?<value>(?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\;|&()<>])+)/gs,
  // `--access-token value`, unless the value is another option or the path of a file.
  /(?<![\w-])(?<before>(?<name>--?[A-Za-z][\w-]*)\s+)(?!["']?(?:-|~|\.{0,2}\/))(?<value>(?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\;|&()<>])+)(?<!\.(?:pem|key|crt|txt)["']?)(?![^\s'";|&()<>])/gs,
  // The password of a URL.
  /(?<before>\b[a-z][a-z\d+.-]*:\/\/[^\s:@/'"]*:)(?<value>[^\s@/'"]+)(?=@)/gi,
  /(?<before>\bauthorization:\s*(?:bearer|basic)\s+)(?<value>[^\s'"]+)/gi,
  // A member of JSON, in which a shell may need `\"`.
  /(?<before>\\?"(?<name>[\w-]+)\\?"\s*:\s*\\?")(?<value>[^"\\]+)/g,
]
const SECRET_WORDS: ReadonlySet<string> = new Set([
  ...[
    'token',
    'key',
    'apikey',
    'secret',
    'pass',
    'password',
    'passwd',
    'passphrase',
    'credential',
    'credentials',
  ],
])

/** Whether the last word of a name such as `S2_ROOT_TOKEN` is that of a secret. `TOKEN_FILE` is the name of a file. */
export const isSecretName = (name: string): boolean =>
  SECRET_WORDS.has(
    name
      .toLowerCase()
      .split(/[^a-z]+/)
      .findLast((word) => word !== '') ?? '',
  )

/** A command without the secrets that are in it: `env S2_ROOT_TOKEN=… node server.js --db-password …`. */
export const hideAssignments = (command: string): string =>
  PLACES.reduce(
    (text, place) =>
      text.replace(place, (whole, ...rest) => {
        const { before = '', value } = secretOf(rest.at(-1)) ?? {}
        return value === undefined ? whole : `${before}…`
      }),
    command,
  )

/** The values that `hideAssignments` takes out, as the command gets them. */
export const assignedSecrets = (command: string): readonly string[] =>
  PLACES.flatMap((place) =>
    [...command.matchAll(place)].flatMap(({ groups }) => {
      const { value } = secretOf(groups) ?? {}
      return value === undefined ? [] : [...new Set([unquoted(value), decoded(value)])]
    }),
  )

type Groups = Readonly<Record<string, string | undefined>>

/** Undefined where the groups of a match hold no secret. */
const secretOf = (groups: Groups | undefined): Groups | undefined => {
  const { name, value = '' } = groups ?? {}
  return (name === undefined || isSecretName(name)) && !isReference(value) ? groups : undefined
}

/** The value as the program behind the URL decodes it. */
const decoded = (value: string): string => {
  try {
    return decodeURIComponent(unquoted(value))
  } catch {
    return unquoted(value)
  }
}

/** `$S2_ACCESS_TOKEN` is filled in by the shell, and `{port}` by the launcher. Neither reveals anything. */
const isReference = (value: string): boolean => /^"?(?:\$|\{\w+\}$)/.test(value)

const unquoted = (value: string): string =>
  value.replaceAll(/'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/gs, (_, single, double, bare) => {
    if (double !== undefined) return String(double).replaceAll(/\\(["\\$`])/g, '$1')
    return String(single ?? bare)
  })
