import { WireError } from '../../proto/wire-error.ts'
import { storageRefusal } from '../backend/storage-refusal.ts'
import { isRefusal, type Refusal, refuse } from '../semantics/refusal.ts'
import { StoreError } from '../store/store-error.ts'

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

/** What a client is told of a thrown value. A mistake of ours is reported, and the client learns only that there was one. */
export function refusalFor(error: unknown, report: (error: unknown) => void): Refusal {
  if (error instanceof Refused) return error.refusal
  if (error instanceof WireError && error.code !== 'bad_event') return refuse(error.code, error.message)
  if (error instanceof StoreError) return storageRefusal(error)
  report(error)
  return refuse('other', 'the server failed to handle this request')
}
