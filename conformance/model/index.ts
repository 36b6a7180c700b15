import type { Property } from './property.ts'
import { sequencesOnManyStreams, sequencesOnOneStream, sequencesWithFollowers } from './sequences.ts'

/** Every property, in the order of their ids. */
export const properties: readonly Property[] = [
  sequencesOnOneStream,
  sequencesWithFollowers,
  sequencesOnManyStreams,
]
