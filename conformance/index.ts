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
export { LaunchError } from './target/launch/launcher.ts'
export { UnusableTargetError } from './target/unusable-target.ts'
export { UsageError } from './usage-error.ts'
