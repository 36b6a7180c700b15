/** There is no S2 server to judge at the endpoint; the message is one sentence for the user. */
export class UnusableTargetError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UnusableTargetError'
  }
}
