import type { Finding } from './judge.ts'

/** One line for people. */
export function describeFinding({
  abuse,
  before,
  peak,
  after,
  undisturbed,
  disturbed,
  outcomes,
  longestTurn,
}: Finding): string {
  const memory = `${mib(before.rss)} → ${mib(peak)} → ${mib(after.rss)} MiB`
  const came = [...outcomes].map(([outcome, count]) => `${count}× ${outcome}`).join(', ')
  const others = `p50 ×${ratio(undisturbed.latencies, disturbed.latencies, 0.5)}, p99 ×${ratio(undisturbed.latencies, disturbed.latencies, 0.99)}`
  return `${abuse.name}\n    memory ${memory}; others' latency ${others} of ${ms(undisturbed.latencies, 0.5)} and ${ms(undisturbed.latencies, 0.99)} ms, at most ${ms(disturbed.latencies, 1)} ms; longest turn ${longestTurn.toFixed(0)} ms\n    ${came} — ${abuse.limit}`
}

/** What is wrong, in words; empty where all is as it should be. */
export function complaintsAbout(finding: Finding, byDefault: boolean): readonly string[] {
  const { abuse, before, peak, after, disturbed, outcomes } = finding
  const growth = byDefault ? abuse.growth.byDefault : abuse.growth.small
  const grown = (peak - before.rss) / MIB
  const kept = (after.live - before.live) / MIB
  return [
    ...(grown > growth ? [`memory grew by ${Math.round(grown)} MiB, which may be ${growth}`] : []),
    ...(kept > KEPT_MIB ? [`${Math.round(kept)} MiB are still held when the clients have gone`] : []),
    ...(after.sockets > before.sockets ? [`${after.sockets - before.sockets} connections are left`] : []),
    ...(disturbed.latencies.length === 0 ? ['nobody else was served'] : []),
    ...disturbed.troubles.map((trouble) => `somebody else was answered ${trouble}`),
    ...[...outcomes.keys()]
      .filter((outcome) => !abuse.outcomes.includes(outcome))
      .map(
        (outcome) => `${outcomes.get(outcome)} clients met "${outcome}", not ${abuse.outcomes.join(' or ')}`,
      ),
    ...[...before.faults, ...after.faults].map((fault) => `the server says: ${fault}`),
  ]
}

const MIB = 1_048_576

/** Caches, compiled code and what the collector leaves. */
const KEPT_MIB = 24

const mib = (bytes: number): string => (bytes / MIB).toFixed(0)

function ratio(before: readonly number[], during: readonly number[], quantile: number): string {
  const [quiet, disturbed] = [at(before, quantile), at(during, quantile)]
  return quiet === undefined || disturbed === undefined ? '?' : (disturbed / quiet).toFixed(1)
}

const ms = (latencies: readonly number[], quantile: number): string =>
  at(latencies, quantile)?.toFixed(1) ?? '?'

function at(latencies: readonly number[], quantile: number): number | undefined {
  const sorted = latencies.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * quantile))]
}
