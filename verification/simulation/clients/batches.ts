import { type Action, type Outcome, type Seen, trimBody } from '../../../conformance/history/operation.ts'
import type { AppendRecord, Header, SequencedRecord } from '../../../proto/types.ts'
import type { Batch } from '../../../reference-server/semantics/batch/batch.ts'
import { parseCommand } from '../../../reference-server/semantics/batch/command.ts'
import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import { admitted } from '../../../reference-server/testing/test-backend.ts'
import type { Chance } from '../chance.ts'

export type Append = Extract<Action, { readonly action: 'append' }>

/** What one writer knows of the stream from the answers it got. */
export interface Belief {
  readonly next: bigint
  readonly token: string
}

export const NOTHING_KNOWN: Belief = { next: 0n, token: '' }

/** How often each kind of batch comes, in proportion. A bulky one fills pages. */
export type Mix = Readonly<Record<'plain' | 'conditional' | 'fenced' | 'fence' | 'trim' | 'bulk', number>>

/** The next batch of a writer. `who` is in no other operation's bodies. */
export function chooseAppend(chance: Chance, mix: Mix, belief: Belief, who: string): Append {
  const kind = chance.weighted(mix)
  const length = kind === 'bulk' ? 900 : chance.between(1, 4)
  const bodies = Array.from({ length }, (_, index) => `${who}.${index}`)
  switch (kind) {
    case 'plain':
    case 'bulk':
      return { action: 'append', bodies }
    case 'conditional':
      return { action: 'append', bodies, matchSeqNum: belief.next }
    case 'fenced':
      return { action: 'append', bodies, fencingToken: belief.token }
    case 'fence': {
      const condition = chance.oneOf<Pick<Append, 'matchSeqNum' | 'fencingToken'>>([
        { matchSeqNum: belief.next },
        { fencingToken: belief.token },
        {},
      ])
      return { action: 'append', bodies: bodies.slice(1), fence: `t${who}`, ...condition }
    }
    case 'trim':
      return { action: 'append', bodies, trim: chance.happens(0.3) ? EVERYTHING : upTo(chance, belief) }
  }
}

/** Beyond the tail a trim is cut to the command itself. */
const EVERYTHING = 2n ** 40n

const upTo = (chance: Chance, { next }: Belief): bigint => BigInt(chance.between(0, Number(next) + 3))

export function learn(belief: Belief, did: Append, got: Outcome): Belief {
  switch (got.outcome) {
    case 'acked':
      return { next: got.tail.seqNum, token: did.fence ?? belief.token }
    case 'seq-num-mismatch':
      return { ...belief, next: got.actual }
    case 'fencing-token-mismatch':
      return { ...belief, token: got.actual }
    default:
      return belief
  }
}

/** The batch as it is sent; now and then its records bring timestamps of their own, of about `now` milliseconds. */
export function batchOf(did: Append, chance: Chance, now: bigint): Batch {
  const stamped = chance.happens(0.2)
  const stamp = (record: AppendRecord): AppendRecord =>
    stamped ? { ...record, timestamp: now + BigInt(chance.between(-50, 20)) } : record
  const records = [
    ...did.bodies.map((body) => ({ headers: [], body: encoder.encode(body) })),
    ...(did.fence === undefined ? [] : [command('fence', encoder.encode(did.fence))]),
    ...(did.trim === undefined ? [] : [command('trim', u64(did.trim))]),
  ]
  return admitted({
    records: records.map(stamp),
    ...(did.matchSeqNum === undefined ? {} : { matchSeqNum: did.matchSeqNum }),
    ...(did.fencingToken === undefined ? {} : { fencingToken: did.fencingToken }),
  })
}

export function seen(record: SequencedRecord): Seen {
  const { seqNum, timestamp, body } = record
  const effect = parseCommand(record)
  const isTrim = !isRefusal(effect) && effect.command === 'trim'
  return { seqNum, timestamp, body: isTrim ? trimBody(effect.upTo) : decoder.decode(body) }
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()

function command(name: string, body: Uint8Array): AppendRecord {
  const headers: readonly Header[] = [{ name: new Uint8Array(), value: encoder.encode(name) }]
  return { headers, body }
}

function u64(number: bigint): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, number)
  return bytes
}
