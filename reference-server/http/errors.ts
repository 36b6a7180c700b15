import { WireError } from '../../proto/wire-error.ts'
import { isRefusal, type Refusal, refuse } from '../semantics/refusal.ts'

/** Carries a refusal from where it is found to the one place that answers it. */
export class Refused extends Error {
  override readonly name: string = 'Refused'
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.refusal === 'error' ? refusal.message : refusal.refusal)
    this.refusal = refusal
  }
}

/** The outcome itself; throws `Refused` in place of a refusal. */
export function accepted<Outcome extends object>(outcome: Outcome | Refusal): Outcome {
  if (isRefusal(outcome)) throw new Refused(outcome)
  return outcome
}

/** Throws `Refused` if there is something to refuse. */
export function rejectIf(refusal: Refusal | undefined): void {
  if (refusal !== undefined) throw new Refused(refusal)
}

/** What a client is told of a thrown value; undefined for a mistake of ours, which it is not told. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refused) return error.refusal
  if (error instanceof WireError && error.code !== 'bad_event') return refuse(error.code, error.message)
  return undefined
}

/** For what must not happen: 500 `other`, which promises nothing about effects. */
export const OUR_FAULT: Refusal = refuse('other', 'the server failed to handle this request')
