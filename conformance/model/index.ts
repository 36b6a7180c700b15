import { anyContent, loneSurrogates } from './codec/content.ts'
import { anyFrames } from './codec/frames.ts'
import { anyInteger } from './codec/integers.ts'
import type { Property } from './property.ts'
import { sequencesOnManyStreams, sequencesOnOneStream, sequencesWithFollowers } from './sequences.ts'

/** Every property, in the order of their ids. */
export const properties: readonly Property[] = [
  sequencesOnOneStream,
  sequencesWithFollowers,
  sequencesOnManyStreams,
  anyContent,
  loneSurrogates,
  anyInteger,
  anyFrames,
]
