/** `NAME=value`, as a shell takes it; NAME may be an option too: `--access-token=value`. */
const ASSIGNMENT = /(?<![\w-])(-{0,2}[A-Za-z_][\w-]*)=((?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\;|&()<>])+)/gs
const SECRET_WORDS: ReadonlySet<string> = new Set([
  ...['token', 'key', 'apikey', 'secret', 'password', 'passwd', 'passphrase', 'credential', 'credentials'],
])

/** Whether the last word of a name such as `S2_ROOT_TOKEN` is that of a secret. `TOKEN_FILE` is the name of a file. */
export const isSecretName = (name: string): boolean =>
  SECRET_WORDS.has(
    name
      .toLowerCase()
      .split(/[^a-z]+/)
      .findLast((word) => word !== '') ?? '',
  )

/** A command without the secrets that are assigned in it: `env S2_ROOT_TOKEN=… node server.js`. */
export const hideAssignments = (command: string): string =>
  command.replace(ASSIGNMENT, (whole, name: string, value: string) =>
    isSecretName(name) && !isReference(value) ? `${name}=…` : whole,
  )

/** The values that `hideAssignments` takes out, as the command gets them. */
export const assignedSecrets = (command: string): readonly string[] =>
  [...command.matchAll(ASSIGNMENT)].flatMap(([, name = '', value = '']) =>
    isSecretName(name) && !isReference(value) ? [unquoted(value)] : [],
  )

/** `$S2_ACCESS_TOKEN` is filled in by the shell and reveals nothing. */
const isReference = (value: string): boolean => /^"?\$/.test(value)

const unquoted = (value: string): string =>
  value.replaceAll(/'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/gs, (_, single, double, bare) => {
    if (double !== undefined) return String(double).replaceAll(/\\(["\\$`])/g, '$1')
    return String(single ?? bare)
  })
