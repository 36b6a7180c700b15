import type { Requirement } from '../../check/requirement.ts'
import { durableControlPlane } from './durable-control-plane.ts'
import { fencedOff } from './fenced-off.ts'
import { operations } from './operations.ts'
import { shutdownRows } from './shutdown.ts'

export const CP_LITE: readonly Requirement[] = [
  ...fencedOff,
  ...durableControlPlane,
  ...operations,
  ...shutdownRows,
]
