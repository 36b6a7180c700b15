/** An error whose message the user reads: it carries the sentence to print and the exit code of the command. */
export abstract class UserError extends Error {
  /** 2 for wrong usage, 3 where no verdict was reached. */
  abstract readonly exitCode: 2 | 3

  /** Returns the sentence that a command prints for it. */
  sentence(): string {
    return this.message
  }
}
