import { UnusableTargetError } from '../../../client/unusable-target.ts'

/** The load could not be made of this target or in this way, by no fault of ours; the message is one sentence for the user. */
export class LoadError extends UnusableTargetError {
  constructor(message: string) {
    super(message)
    this.name = 'LoadError'
  }
}
