import type { Requirement } from '../../requirement.ts'
import {
  acksNamePositions,
  appendsTakeEffectOnce,
  readsSeeAState,
  refusedAppendsHaveNoEffect,
  tailsAreStates,
} from './histories.ts'

export const linearizabilityRequirements: readonly Requirement[] = [
  acksNamePositions,
  appendsTakeEffectOnce,
  refusedAppendsHaveNoEffect,
  readsSeeAState,
  tailsAreStates,
]
