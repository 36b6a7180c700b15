import assert from 'node:assert/strict'
import type { RawRequest, SendRaw } from '../../../../client/raw.ts'
import { BASIN } from '../basin.ts'
import type { World } from '../run/world.ts'

/** Whether a client may send a request again. */
export type Retry =
  /** Unchanged: the first attempt had no effect, or a repeat has none. */
  | 'repeat'
  /** Reads unchanged, an append only with `match_seq_num`: the first attempt may have had its effect. */
  | 'conditional'
  /** The same request fails again. */
  | 'change'
  /** The answer is an event with a code: the row of that code decides. */
  | 'by-code'
  | 'never'

/** One row of the table: an answer, and what a client does after it. */
export interface RetryRow {
  /** The error code, or the name of a failure without one. */
  readonly label: string
  /** The step whose exchanges show it. */
  readonly step: number
  /** Undefined where no answer arrives. */
  readonly status: number | undefined
  readonly cause: string
  readonly retry: Retry
  /** What to change or to do, as Markdown. */
  readonly advice: string
  readonly ids: readonly string[]
  readonly show: Show
  /** Set where only the reference server shows it: it needs a planned fault, a token, a quota or a slow deletion. */
  readonly needs?: 'reference server'
}

/** How a row is shown: by exchanges, or not, and then why. */
export type Show = ((world: World) => Promise<void>) | { readonly notShown: string }

/** The stream of the table, with one record to begin with. */
export const STREAM = 'orders'
export const RECORDS: string = `/streams/${STREAM}/records`
export const ORDER = '{"records":[{"body":"order"}]}'

/** A refusal, and the request that succeeds in place of the one that was refused. */
export interface Fix {
  readonly wrong: RawRequest
  readonly right: RawRequest
  readonly code: string
  readonly status: number
  /** The basin that requests are sent to. Default: that of the patterns. `account` sends them to the account. */
  readonly to?: string
  /** Runs between the refusal and the request that succeeds. */
  readonly meanwhile?: (world: World) => Promise<unknown>
}

/** Shows that a request is refused, that a repeat is refused too, and that a changed request succeeds. */
export function fixes({
  wrong,
  right,
  code,
  status,
  to = BASIN,
  meanwhile,
}: Fix): (world: World) => Promise<void> {
  return async (world) => {
    const captured = sendTo(world, to, 'account')
    const aside = sendTo(world, to, 'aside')
    for (const send of [captured, aside]) {
      const { status: actual, error } = await send({ ...wrong, impatient: true })
      assert.deepEqual([actual, error?.code], [status, code])
    }
    await meanwhile?.(world)
    const fixed = await captured(right)
    assert(fixed.status < 300, `${code}: the changed request is refused with ${fixed.status}`)
  }
}

const sendTo = (world: World, to: string, by: 'account' | 'aside'): SendRaw =>
  to === 'account' ? world[by].raw : world[by].basin(to).raw

/** The number of records of the stream. */
export async function countOf({ aside }: World): Promise<bigint> {
  const { value } = await aside.basin(BASIN).stream(STREAM).checkTail()
  assert(value !== undefined)
  return value.seqNum
}
