import { Changes } from './backend/changes.ts'

/**
 * How a server takes leave. It serves; then new requests are refused, and the sessions that are open go on under the
 * advice to reconnect elsewhere (S2S-012); then each of them ends with `server_draining`, behind all it has accepted
 * (ERR-022): its client knows exactly what was appended or read, and no retry can double anything.
 */
export type DrainPhase = 'serving' | 'advising' | 'ending'

export class Drain {
  /** Fires when the phase changes. */
  readonly changed: Changes = new Changes()
  /** Fires when a session has left. */
  readonly left: Changes = new Changes()
  #phase: DrainPhase = 'serving'
  #sessions = 0

  get phase(): DrainPhase {
    return this.#phase
  }

  /** Open sessions that advice can reach: those whose frames can carry it. */
  get sessions(): number {
    return this.#sessions
  }

  /** Counts a session in until the returned function is called, once. */
  join(): () => void {
    this.#sessions++
    return () => {
      this.#sessions--
      this.left.fire()
    }
  }

  advise(): void {
    if (this.#phase !== 'serving') return
    this.#phase = 'advising'
    this.changed.fire()
  }

  end(): void {
    if (this.#phase === 'ending') return
    this.#phase = 'ending'
    this.changed.fire()
  }
}
