import type { Requirement } from '../check/requirement.ts'
import { anyAcceptedCoding } from './codec/accepted-codings.ts'
import { anyBodyCoding } from './codec/body-codings.ts'
import { anyContent, loneSurrogates } from './codec/content.ts'
import { anyCuts } from './codec/cuts.ts'
import { anyFrames } from './codec/frames.ts'
import { anyHeaderNames } from './codec/header-names.ts'
import { anyInteger } from './codec/integers.ts'
import { anyMembers } from './codec/many-members.ts'
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
  anyCuts,
  anyHeaderNames,
  anyBodyCoding,
  anyAcceptedCoding,
  anyMembers,
]

/** The requirements of the area PROP. */
export const PROP: readonly Requirement[] = properties.map(({ requirement }) => requirement)
