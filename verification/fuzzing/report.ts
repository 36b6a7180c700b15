import type { GarbageReport } from './run.ts'

/** Counts by kind and by what came of it, and the server's memory and connections, for people. */
export function describeReport({ counts, requests, warm, after }: GarbageReport): string {
  const kinds = [...counts].map(([kind, fates]) => {
    const sorted = [...fates].sort(([, one], [, other]) => other - one)
    return `${kind}\n${sorted.map(([fate, count]) => `${String(count).padStart(9)}  ${fate}`).join('\n')}`
  })
  const held = `held after a tenth and at the end: ${mib(warm.live)} and ${mib(after.live)} MiB, ${warm.sockets} and ${after.sockets} connections; resident ${mib(warm.rss)} and ${mib(after.rss)} MiB`
  return [...kinds, `${requests} requests; ${held}`].join('\n')
}

/** What was not given back, in words. */
export function leaksIn({ warm, after }: GarbageReport): readonly string[] {
  const grown = after.live - warm.live
  return [
    ...(after.sockets > warm.sockets ? [`${after.sockets - warm.sockets} connections are left`] : []),
    ...(grown > MOST_GROWTH_BYTES ? [`${mib(grown)} MiB more are held than after a tenth`] : []),
  ]
}

/** Caches, compiled code, and names of streams. */
const MOST_GROWTH_BYTES = 24 * 1_048_576

const mib = (bytes: number): string => (bytes / 1_048_576).toFixed(0)
