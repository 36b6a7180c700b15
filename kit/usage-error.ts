import { UserError } from './user-error.ts'

/** The user requested something that cannot be done. The message says what was wrong and what is accepted. */
export class UsageError extends UserError {
  readonly exitCode = 2

  constructor(message: string) {
    super(message)
    this.name = 'UsageError'
  }
}
