import type { RunTarget } from '../../client/run/run-target.ts'
import type { Transport } from '../../client/transport.ts'
import type { RunEnded } from '../../kit/run-ended.ts'
import type { RequirementResult, Traffic } from '../../reports/result.ts'
import type { Requirement } from '../check/requirement.ts'
import type { CheckVerdict } from './judge.ts'
import type { CheckResult } from './run-check.ts'

/** Worst last. What the target did wrong for certain outweighs what could not be found out. */
const RANKS: readonly CheckVerdict[] = ['pass', 'not-applicable', 'warn', 'inconclusive', 'error', 'fail']

/** One result from the checks of a row over its transports: as good as the worst of them. `runEnded` is why some are missing. */
export function mergeChecks(
  requirement: Requirement,
  transports: readonly Transport[],
  checks: readonly CheckResult[],
  runEnded?: RunEnded,
): RequirementResult {
  const because = runEnded === undefined ? '' : `: ${runEnded.message}`
  const worst = checks.toSorted((left, right) => rank(right) - rank(left))[0]
  const complete = checks.length === transports.length
  const base = {
    ...describeRow(requirement),
    ms: Math.round(checks.reduce((sum, { milliseconds }) => sum + milliseconds, 0)),
    traffic: {
      requests: sum(checks, 'requests'),
      sent: sum(checks, 'sent'),
      received: sum(checks, 'received'),
    },
    transports,
    observations: checks.flatMap(({ transport, observations }) =>
      [...new Set(observations)].map((observation) => over(transport, transports, observation)),
    ),
  }
  if (checks.length === 0)
    return { ...base, verdict: 'not-run', reason: `the run ended before the check began${because}` }
  const wasEnded = worst === undefined || worst.ending === 'interrupted'
  if (wasEnded || (!complete && (worst.verdict === 'pass' || worst.verdict === 'warn'))) {
    return { ...base, verdict: 'inconclusive', reason: `the run ended before the check did${because}` }
  }
  if (worst.verdict === 'pass') return { ...base, verdict: 'pass' }
  if (worst.verdict === 'not-applicable') {
    return { ...base, verdict: 'not-applicable', reason: worst.reason ?? 'no reason' }
  }
  const { verdict, reason = 'no reason', request, finding, transcript, transport, timelines } = worst
  return {
    ...base,
    verdict,
    reason: over(transport, transports, reason),
    ...(request !== undefined && { request }),
    ...(finding !== undefined && {
      subject: over(transport, transports, finding.subject),
      expected: finding.expected,
      actual: finding.actual,
    }),
    transcript: transcript.lines,
    ...(transcript.curl !== undefined && { curl: transcript.curl }),
    ...(timelines.length > 0 && { timelines }),
  }
}

/** A result for a row that this target cannot be asked about, or perhaps cannot; undefined when it can. */
export function describeAbsence(requirement: Requirement, target: RunTarget): RequirementResult | undefined {
  const { needs, unless = [] } = requirement
  const missing = needs.find((name) => !target.capabilities.has(name) && !target.undecided.has(name))
  const present = unless.find((name) => target.capabilities.has(name))
  if (missing === undefined && present === undefined) {
    const open = [...needs, ...unless].find((name) => target.undecided.has(name))
    if (open === undefined) return undefined
    const why = target.undecided.get(open)
    return unselectedResult(
      requirement,
      'inconclusive',
      `it is not known whether the target has ${open}: ${why}`,
    )
  }
  const reason =
    missing === undefined
      ? `says nothing of a target with ${present}`
      : `needs ${missing}: ${target.absent.get(missing) ?? 'the target does not have it'}`
  return unselectedResult(requirement, 'not-applicable', reason)
}

/** A result for a row that was not run. */
export function unselectedResult(
  requirement: Requirement,
  verdict: 'not-applicable' | 'not-selected' | 'inconclusive',
  reason: string,
): RequirementResult {
  const transports = requirement.on ?? ['json']
  return { ...describeRow(requirement), verdict, reason, ms: 0, transports, observations: [] }
}

type RowPart = Pick<RequirementResult, 'id' | 'title' | 'statement' | 'level' | 'tier' | 'source'>

const describeRow = ({ id, title, statement, level, tier, source }: Requirement): RowPart => ({
  id,
  title,
  statement,
  level,
  tier,
  source,
})

const sum = (checks: readonly CheckResult[], key: keyof Traffic): number =>
  checks.reduce((total, { traffic }) => total + traffic[key], 0)

const rank = ({ verdict }: CheckResult): number => RANKS.indexOf(verdict)

const over = (transport: Transport, transports: readonly Transport[], text: string): string =>
  transports.length === 1 ? text : `over ${transport}: ${text}`
