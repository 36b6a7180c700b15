import type { Requirement } from '../../check/requirement.ts'
import {
  acksNamePositions,
  appendsTakeEffectOnce,
  readsSeeAState,
  refusedAppendsHaveNoEffect,
  tailsAreStates,
} from './histories.ts'
import * as observations from './observations.ts'
import * as sessions from './sessions.ts'

export const linearizabilityRequirements: readonly Requirement[] = [
  acksNamePositions,
  appendsTakeEffectOnce,
  refusedAppendsHaveNoEffect,
  readsSeeAState,
  tailsAreStates,
  ...Object.values(observations),
  ...Object.values(sessions),
]
