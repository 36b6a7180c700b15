import type { Requirement } from '../../requirement.ts'
import {
  appendsTakeEffectOnce,
  readsSeeAState,
  refusalsAreJustified,
  refusedAppendsHaveNoEffect,
  tailsAreStates,
} from './histories.ts'

export const linearizabilityRequirements: readonly Requirement[] = [
  appendsTakeEffectOnce,
  refusedAppendsHaveNoEffect,
  readsSeeAState,
  tailsAreStates,
  refusalsAreJustified,
]
