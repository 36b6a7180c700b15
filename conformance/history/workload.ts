import type { Request } from './operation.ts'
import { pickBetween, pickWeighted, type Random } from './random.ts'

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
}

/** What one client knows of the stream from the answers it got. */
export interface Belief {
  readonly next: bigint
  readonly token: string
}

/** The next action of a client. Bodies and tokens are unique: `who` names client and operation. */
export function chooseAction(random: Random, mix: Mix, belief: Belief, who: string): Request {
  const kinds = [mix.append, mix.conditional, mix.fenced, mix.fence, mix.read, mix.checkTail]
  const bodies = Array.from({ length: pickBetween(random, 1, 4) }, (_, index) => `${who}.${index}`)
  switch (pickWeighted(random, kinds)) {
    case 0:
      return { action: 'append', bodies }
    case 1:
      return { action: 'append', bodies, matchSeqNum: belief.next }
    case 2:
      return { action: 'append', bodies, fencingToken: belief.token }
    case 3:
      return { action: 'append', bodies: [], fence: `t${who}`, matchSeqNum: belief.next }
    case 4: {
      const back = BigInt(pickBetween(random, 0, 20))
      return {
        action: 'read',
        from: back > belief.next ? 0n : belief.next - back,
        count: pickBetween(random, 1, 50),
      }
    }
    default:
      return { action: 'check-tail' }
  }
}
