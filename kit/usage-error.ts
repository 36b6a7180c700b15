/** The user asked for something that cannot be done; the message is one sentence for them. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UsageError'
  }
}
