export { LaunchError } from '../client/launch/launcher.ts'
export { UnusableTargetError } from '../client/unusable-target.ts'
export { UsageError } from '../kit/usage-error.ts'
export type {
  Outcome,
  RequirementResult,
  RunResult,
  TargetDescription,
  Traffic,
  Verdict,
} from '../reports/result.ts'
export type { Timeline, TimelineOperation } from '../reports/timeline.ts'
export type { Profile } from './run/selection.ts'
export { type ConformanceOptions, type ConformanceTarget, runConformance } from './run-conformance.ts'
