/** A workflow command in the log of a step, such as `::error title=TAIL-001::the body`. */
export interface WorkflowCommand {
  readonly name: string
  readonly title: string
}

/** Begins a line, after white space. */
const COMMAND = /^\s*::(\S+?)(?: (.*?))?::/
/** The older form. It works anywhere in a line, and needs no registered name here: none must come from a target. */
const OLDER_COMMAND = /##\[([\w-]+)/

/** Returns the commands that a runner of GitHub obeys in a line of a log. A carriage return ends a line too. */
export const commandsOf = (line: string): readonly WorkflowCommand[] =>
  line.split('\r').flatMap((part) => {
    const [, name, properties = ''] = COMMAND.exec(part) ?? OLDER_COMMAND.exec(part) ?? []
    return name === undefined ? [] : [{ name, title: /(?:^|,)title=([^,]*)/.exec(properties)?.[1] ?? '' }]
  })
