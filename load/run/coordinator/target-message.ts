import { ConformanceFailure } from '../../../client/failures.ts'
import { TargetError } from '../../../client/target-error.ts'
import { LoadError } from './load-error.ts'

/** What comes of `work`; what the target did to it is told as the target's doing, a `LoadError`. */
export async function targetMessage<T>(origin: string, what: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof TargetError || error instanceof ConformanceFailure)) throw error
    throw new LoadError(`the target at ${origin} failed when ${what}: ${error.message}`)
  }
}
