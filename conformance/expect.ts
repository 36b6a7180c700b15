import type { AppendRecord, Position, SequencedRecord } from '../proto/types.ts'
import type { Answer } from './target/answer.ts'

/** What a refusal's body must be: an error code, or the reported actual value. */
export type RefusalBody =
  | string
  | { readonly seq_num_mismatch: bigint }
  | { readonly fencing_token_mismatch: string }
  | { readonly tail: Position }

/**
 * The one maker of findings: each function returns what it looked at, or throws a `ConformanceFailure` that says
 * what was allowed and what came. Every status, code and value that a requirement judges passes through here.
 */
export interface Expect {
  /** The value of a success with this status (default 200). */
  ok<Value>(answer: Answer<Value>, status?: number): Value
  /** A refusal with this status and this code or body. */
  refused(answer: Answer<unknown>, status: number, body: RefusalBody): void
  /** A refusal by any of the listed outcomes; which one came is recorded. */
  refusedAs(answer: Answer<unknown>, allowed: readonly (readonly [status: number, body: RefusalBody])[]): void
  /** A bare status, where the row promises no body. */
  status(answer: Answer<unknown>, ...allowed: readonly number[]): void
  header(
    answer: { readonly headers: Readonly<Record<string, string>> },
    name: string,
    expected: string | RegExp | undefined,
  ): void
  /** Deep equality; bytes, `bigint`s and nested objects compare by value. */
  equal<T>(actual: T, expected: T, what: string): void
  /** Numbers consecutive from `from`, content as sent; returns the records. */
  records(
    actual: readonly SequencedRecord[],
    from: bigint,
    sent: readonly AppendRecord[],
  ): readonly SequencedRecord[]
  /** Anything else; `came` is what the report prints beside `what`. */
  that(condition: boolean, what: string, came: unknown): void
  /** Not undefined; returns it. */
  present<T>(value: T | undefined, what: string): T
}
