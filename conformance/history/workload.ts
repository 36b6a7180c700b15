import type { Random } from '../../kit/random.ts'
import type { Request } from './operation.ts'
import { pickBetween, pickWeighted } from './random.ts'

/** How often each kind of operation comes, in proportion. */
export interface Mix {
  readonly append: number
  /** On condition of the number that the client believes to be next; under contention most are refused. */
  readonly conditional: number
  /** On condition of the token that the client believes to be in force. */
  readonly fenced: number
  /** Sets a new token, on condition of the number believed to be next. */
  readonly fence: number
  readonly read: number
  readonly checkTail: number
  /** Trims up to somewhere below what is known to have been read. */
  readonly trim?: number
  /** Several batches in one S2S session, none waiting for another's ack. */
  readonly session?: number
}

/** What one client knows of the stream from the answers it got. */
export interface ClientView {
  readonly next: bigint
  readonly token: string
  /** Up to here somebody has kept what was read, so that it may be trimmed. */
  readonly trimmable?: bigint
}

/** One request, or the batches of one session. */
export type Chosen = Request | { readonly action: 'session'; readonly batches: readonly Append[] }

type Append = Extract<Request, { action: 'append' }>

/** The next action of a client. Bodies and tokens are unique: `who` names client and operation. */
export function chooseAction(random: Random, mix: Mix, belief: ClientView, who: string): Chosen {
  const { append, conditional, fenced, fence, read, checkTail, trim = 0, session = 0 } = mix
  const bodies = bodiesFor(random, who)
  switch (pickWeighted(random, [append, conditional, fenced, fence, read, checkTail, trim, session])) {
    case 0:
      return { action: 'append', bodies }
    case 1:
      return { action: 'append', bodies, matchSeqNum: belief.next }
    case 2:
      // Where there are fences, a client without a token first tries to set one.
      if (fence === 0 || belief.token !== '') return { action: 'append', bodies, fencingToken: belief.token }
      return { action: 'append', bodies: [], fence: `t${who}`, matchSeqNum: belief.next }
    case 3:
      return { action: 'append', bodies: [], fence: `t${who}`, matchSeqNum: belief.next }
    case 4: {
      const back = BigInt(pickBetween(random, 0, 20))
      // What is trimmed is at the beginning.
      const from = back > belief.next || (trim > 0 && random() < 0.4) ? 0n : belief.next - back
      return { action: 'read', from, count: pickBetween(random, 1, 50) }
    }
    case 6: {
      const upTo = belief.trimmable ?? 0n
      const back = BigInt(pickBetween(random, 0, 30))
      return { action: 'append', bodies, trim: textual(back > upTo ? 0n : upTo - back) }
    }
    case 7:
      return { action: 'session', batches: batchesFor(random, belief, who) }
    default:
      return { action: 'check-tail' }
  }
}

/** The number, or the next lower one whose eight bytes are text: JSON cannot carry the others as they are. */
export function textual(seqNum: bigint): bigint {
  for (let shift = 56n; shift >= 0n; shift -= 8n) {
    if (((seqNum >> shift) & 0x80n) === 0n) continue
    const lower = (1n << (shift + 8n)) - 1n
    return (seqNum & ~lower) | (0x7f7f7f7f7f7f7f7fn & lower)
  }
  return seqNum
}

const bodiesFor = (random: Random, who: string): readonly string[] =>
  Array.from({ length: pickBetween(random, 1, 4) }, (_, index) => `${who}.${index}`)

/** Each on condition of the number that the ones before it lead to, or none of them on any. */
function batchesFor(random: Random, { next }: ClientView, who: string): readonly Append[] {
  const isConditional = random() < 0.3
  let due = next
  return Array.from({ length: pickBetween(random, 2, 6) }, (_, nth): Append => {
    const bodies = bodiesFor(random, `${who}.${nth}`)
    const matchSeqNum = due
    due += BigInt(bodies.length)
    return { action: 'append', bodies, session: who, ...(isConditional && { matchSeqNum }) }
  })
}
