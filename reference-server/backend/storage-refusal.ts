import { type Refusal, refuse } from '../semantics/refusal.ts'
import { StoreError } from '../store/store-error.ts'
import { draining } from './refusals.ts'

/**
 * What a store that does not answer is to a client: 500 `storage`, outcome unknown (APP-055), or, when the server has closed
 * it, 503 `server_draining`. Any other error is a fault of ours.
 */
export function storageRefusal(error: unknown): Refusal {
  if (!(error instanceof StoreError)) throw error
  return error.fault === 'closed' ? draining() : refuse('storage', error.message)
}

/** An outcome that may be told once this is durable; if it never is, only that. */
export function onceDurable<Outcome>(durable: Promise<void>, outcome: Outcome): Promise<Outcome | Refusal> {
  return durable.then(() => outcome, storageRefusal)
}
