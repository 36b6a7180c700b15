import type { Answer } from '../../client/answer.ts'
import { askedFor } from '../../client/asked.ts'
import { ConformanceFailure } from '../../client/failures.ts'
import { deepEqual } from '../../kit/deep-equal.ts'
import { show, showBytes } from '../../kit/show.ts'
import type { AppendRecord, Position, SequencedRecord } from '../../proto/types.ts'

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
  /** As `equal`, of a value that may be absent, which means the same as `byDefault`. */
  defaulted<T>(actual: T | undefined, byDefault: T, what: string): void
  /** Numbers consecutive from `from`, content as sent; returns the records. */
  records(
    actual: readonly SequencedRecord[],
    from: bigint,
    sent: readonly AppendRecord[],
  ): readonly SequencedRecord[]
  /** Anything else; `came` is what the report prints beside `what`. */
  that(condition: boolean, what: string, came: unknown): void
  /** No complaint of a judge of its own, which are sentences; `allowed` says what would have been right. */
  none(complaints: readonly string[], what: string, allowed: string): void
  /** Not undefined; returns it. */
  present<T>(value: T | undefined, what: string): T
}

/**
 * Creates the `expect` of one check. `record` receives the outcome that occurred where several are allowed; `onLook` is
 * called by every judgement.
 */
export function createExpect(record: (observation: string) => void, onLook: () => void = () => {}): Expect {
  const counted =
    <Given extends readonly unknown[], Result>(judge: (...given: Given) => Result) =>
    (...given: Given): Result => {
      onLook()
      return judge(...given)
    }
  return {
    ok: counted(expectOk),
    refused: counted(expectRefused),
    refusedAs: counted((answer, allowed) => record(`refused with ${refusalAmong(answer, allowed)}`)),
    status: counted((answer, ...allowed) => {
      if (!allowed.includes(answer.status)) {
        fail(answer, 'the answer', `status ${allowed.join(' or ')}`, showAnswer(answer))
      }
      if (allowed.length > 1) record(`status ${answer.status}`)
    }),
    header: counted(expectHeader),
    equal: counted(expectEqual),
    defaulted: counted((actual, byDefault, what) => expectEqual(actual ?? byDefault, byDefault, what)),
    records: counted(expectRecords),
    that: counted((condition, what, came) => {
      if (!condition) fail(came, what, 'this to hold', show(came))
    }),
    none: counted((complaints, what, allowed) => {
      if (complaints.length > 0) fail(complaints, what, allowed, showSome(complaints))
    }),
    present: counted((value, what) => value ?? fail(undefined, what, 'a value', 'none')),
  }
}

function expectOk<Value>(answer: Answer<Value>, status = 200): Value {
  if (answer.status !== status) fail(answer, 'the answer', `status ${status}`, showAnswer(answer))
  // The clients refuse a success whose body they cannot read, so a success has its value.
  return answer.value as Value
}

function expectRefused(answer: Answer<unknown>, status: number, body: RefusalBody): void {
  if (!isRefusal(answer, status, body)) {
    fail(answer, 'the answer', `a refusal ${showRefusal(status, body)}`, showAnswer(answer))
  }
}

/** The first of the allowed refusals that this is. */
function refusalAmong(
  answer: Answer<unknown>,
  allowed: readonly (readonly [status: number, body: RefusalBody])[],
): string {
  const match = allowed.find(([status, body]) => isRefusal(answer, status, body))
  if (match !== undefined) return showRefusal(...match)
  const options = allowed.map(([status, body]) => showRefusal(status, body)).join(' or ')
  return fail(answer, 'the answer', `a refusal ${options}`, showAnswer(answer))
}

function expectEqual<T>(actual: T, expected: T, what: string): void {
  if (!deepEqual(actual, expected)) fail(actual, what, show(expected), show(actual))
}

function expectHeader(
  answer: { readonly headers: Readonly<Record<string, string>> },
  name: string,
  expected: string | RegExp | undefined,
): void {
  const came = answer.headers[name.toLowerCase()]
  const holds = expected instanceof RegExp ? came !== undefined && expected.test(came) : came === expected
  if (!holds) fail(answer, `header ${name}`, showHeader(expected), showHeader(came))
}

function expectRecords(
  actual: readonly SequencedRecord[],
  from: bigint,
  sent: readonly AppendRecord[],
): readonly SequencedRecord[] {
  const numbers = actual.map((record) => record.seqNum)
  const wanted = sent.map((_, index) => from + BigInt(index))
  if (!deepEqual(numbers, wanted)) {
    fail(actual, 'numbers of the records', showNumbers(wanted), showNumbers(numbers))
  }
  for (const [index, record] of actual.entries()) {
    const { headers, body } = record
    const expected = sent[index]
    if (!deepEqual({ headers, body }, { headers: expected?.headers, body: expected?.body })) {
      fail(
        actual,
        `content of record ${record.seqNum}`,
        show({ headers: expected?.headers, body: expected?.body }),
        show({ headers, body }),
      )
    }
  }
  return actual
}

function fail(about: unknown, subject: string, expected: string, actual: string): never {
  const request = typeof about === 'object' && about !== null ? askedFor(about) : undefined
  throw new ConformanceFailure({ subject, expected, actual, ...(request === undefined ? {} : { request }) })
}

function isRefusal(answer: Answer<unknown>, status: number, body: RefusalBody): boolean {
  if (answer.status !== status || answer.error === undefined) return false
  if (typeof body === 'string') return answer.error.code === body
  const { error } = answer
  return Object.entries(body).every(([key, value]) => deepEqual(Reflect.get(error, key), value))
}

const showRefusal = (status: number, body: RefusalBody): string =>
  `${status} ${typeof body === 'string' ? body : show(body)}`

function showAnswer(answer: Answer<unknown>): string {
  const { status, error, value, body } = answer
  if (error?.code !== undefined) return `${status} ${error.code} (${error.message ?? 'no message'})`
  if (error?.json !== undefined) return `${status} ${show(error.json)}`
  if (value !== undefined) return `${status} ${show(value)}`
  return body.length === 0 ? `${status} without a body` : `${status} ${showBytes(body)}`
}

const showHeader = (value: string | RegExp | undefined): string =>
  value === undefined ? 'no such header' : show(value)

function showNumbers(numbers: readonly bigint[]): string {
  const [first] = numbers
  const last = numbers.at(-1)
  if (first === undefined || last === undefined) return 'none'
  const consecutive = numbers.every((number, index) => number === first + BigInt(index))
  return consecutive ? `${first} to ${last} (${numbers.length} records)` : show(numbers)
}

const MOST_COMPLAINTS = 3

/** One a line, as they are: they are for people already. */
function showSome(complaints: readonly string[]): string {
  const more = complaints.length - MOST_COMPLAINTS
  return [...complaints.slice(0, MOST_COMPLAINTS), ...(more > 0 ? [`and ${more} more`] : [])].join('\n')
}
