import { UserError } from '../kit/user-error.ts'

/** What a finding says: each part stands alone in the report. */
export interface Finding {
  /** What was looked at: `status of the append`, `tail.seq_num`. */
  readonly what: string
  readonly allowed: string
  readonly came: string
  /** The request it was about, where that is known. */
  readonly asked?: string
}

/** The target broke the requirement. Thrown by `expect` and by the typed clients when an answer cannot be read. */
export class ConformanceFailure extends UserError {
  readonly exitCode = 3
  readonly finding: Finding

  constructor(finding: Finding) {
    super(`${finding.what}: allowed ${finding.allowed}, came ${finding.came}`)
    this.name = 'ConformanceFailure'
    this.finding = finding
  }

  override sentence(): string {
    return `the target failed: ${this.message}`
  }
}

/** The check asks for what this run must not do; that says nothing of the target. */
export class NotApplicableError extends Error {
  constructor(why: string) {
    super(why)
    this.name = 'NotApplicableError'
  }
}

/** The evidence did not come: no overlap, a fault that did not fire, a search that ran out of time. */
export class InconclusiveError extends UserError {
  readonly exitCode = 3

  constructor(why: string) {
    super(why)
    this.name = 'InconclusiveError'
  }
}
