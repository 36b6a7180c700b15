import { UserError } from './user-error.ts'

/** A run ended before its work was done. The message says why, for the notes of its result. */
export class RunEnded extends UserError {
  readonly exitCode = 3
  /** Label of the target that was not ready yet. */
  readonly target: string | undefined

  constructor(why: string, target?: string) {
    super(why)
    this.name = 'RunEnded'
    this.target = target
  }

  override sentence(): string {
    return `${this.message} before anything was judged${this.target === undefined ? '' : ` of ${this.target}`}`
  }
}

/** The user ended the run. */
export class Interrupted extends RunEnded {
  constructor() {
    super('the run was interrupted')
    this.name = 'Interrupted'
  }
}

/** The time of `--max-seconds` is used up. */
export class TimeSpent extends RunEnded {
  constructor(seconds: number) {
    super(`the time of ${seconds} s was used up`)
    this.name = 'TimeSpent'
  }
}
