import { UserError } from '../kit/user-error.ts'

/** There is no S2 server to judge at the endpoint; the message is one sentence for the user. */
export class UnusableTargetError extends UserError {
  readonly exitCode = 3

  constructor(message: string) {
    super(message)
    this.name = 'UnusableTargetError'
  }
}
