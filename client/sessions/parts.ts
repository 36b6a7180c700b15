import type { Clock } from '../../kit/clock.ts'
import type { Recorder } from '../transcript.ts'
import type { WireAnswer } from '../wire/wire.ts'

/** What a session is made of once the target has accepted it. */
export interface SessionParts {
  readonly wire: WireAnswer
  readonly asked: string
  readonly recorder: Recorder
  readonly signal: AbortSignal
  readonly clock: Clock
  /** Called with each item of the session that is whole. */
  readonly heard: () => void
}
