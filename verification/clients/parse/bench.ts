import type { TestResult } from '../client.ts'

const PARTIES = { Write: 'the writer', Read: 'the reader at the tail', Catchup: 'the reader that catches up' }

/**
 * Reads what `s2 bench` prints to stderr: a line per party, with how many records it wrote or saw. A reader passes if it
 * saw all that was written; the order and the content the bench has checked itself, with a chain of hashes.
 */
export function parseBench(stderr: string): readonly TestResult[] {
  const written = recordsOf(stderr, 'Write')
  return Object.entries(PARTIES).map(([label, test]) => {
    const records = recordsOf(stderr, label)
    return {
      test,
      outcome: records > 0 && records === written ? 'passed' : 'failed',
      output: `${records} of ${written} records`,
    }
  })
}

function recordsOf(stderr: string, label: string): number {
  // The last one counts: the lines before it were drawn while the bench ran.
  const counts = [...stderr.matchAll(new RegExp(`^${label}: .*?(\\d+) records in `, 'gm'))]
  return Number(counts.at(-1)?.[1] ?? 0)
}
