import { UserError } from '../kit/user-error.ts'

/** The parts of a finding. A report shows each of them by itself. */
export interface Finding {
  /** The part of the answer that was compared: `status of the append`, `tail.seq_num`. */
  readonly subject: string
  readonly expected: string
  readonly actual: string
  /** The request that was answered, where it is known. */
  readonly request?: string
}

/** The target broke the requirement. Thrown by `expect` and by the typed clients when an answer cannot be read. */
export class ConformanceFailure extends UserError {
  readonly exitCode = 3
  readonly finding: Finding

  constructor(finding: Finding) {
    super(`${finding.subject}: expected ${finding.expected}, actual ${finding.actual}`)
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
