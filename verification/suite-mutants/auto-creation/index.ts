import type { Defect } from '../defect.ts'
import { checkTailMakesNoStream } from './check-tail-makes-no-stream.ts'
import { deletingBasinMakesStreams } from './deleting-basin-makes-streams.ts'
import { flagsAreOne } from './flags-are-one.ts'
import { madeStreamsInheritNothing } from './made-streams-inherit-nothing.ts'
import { streamsAreMadeUnasked } from './streams-are-made-unasked.ts'

export const autoCreation: readonly Defect[] = [
  checkTailMakesNoStream,
  deletingBasinMakesStreams,
  flagsAreOne,
  madeStreamsInheritNothing,
  streamsAreMadeUnasked,
]
