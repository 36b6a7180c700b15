import type { Defect } from '../defect.ts'
import { aDotIsAName } from './a-dot-is-a-name.ts'
import { creationRepeatsByItsTokenAlone } from './creation-repeats-by-its-token-alone.ts'
import { ensureLeavesTheConfiguration } from './ensure-leaves-the-configuration.ts'
import { ensureSaysItChanged } from './ensure-says-it-changed.ts'
import { longestNameIsTooLong } from './longest-name-is-too-long.ts'
import { nameLengthCountsCharacters } from './name-length-counts-characters.ts'

export const streams: readonly Defect[] = [
  aDotIsAName,
  creationRepeatsByItsTokenAlone,
  ensureLeavesTheConfiguration,
  ensureSaysItChanged,
  longestNameIsTooLong,
  nameLengthCountsCharacters,
]
