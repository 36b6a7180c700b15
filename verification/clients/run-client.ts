import { messageOf } from '../../kit/message-of.ts'
import type { Client, TestResult } from './client.ts'
import { judge, type Report } from './judge.ts'
import type { KnownFailure } from './known-failures.ts'
import { withServer } from './serve.ts'
import type { Workshop } from './workshop.ts'

/** Gets a client ready and runs it against a server of its own. Whatever goes wrong is in the report. */
export async function runClient(
  client: Client,
  workshop: Workshop,
  known: readonly KnownFailure[],
): Promise<Report> {
  const { name, title, setup } = client
  const begin = performance.now()
  const seconds = (): number => (performance.now() - begin) / 1000
  try {
    const missing = await client.needs(workshop)
    if (missing !== undefined)
      return { kind: 'skipped', name, title, setup: setup.label, seconds: seconds(), reason: missing }
    const results = await withServer(client.setup, workshop.root, (server) => client.run(server, workshop))
    const verdict = judge(
      wholeSuite(client, results),
      known.filter((entry) => entry.client === name),
    )
    return { kind: 'ran', name, title, setup: setup.label, seconds: seconds(), verdict }
  } catch (error) {
    const reason = messageOf(error)
    return { kind: 'broken', name, title, setup: setup.label, seconds: seconds(), reason }
  }
}

function wholeSuite({ leastTests }: Client, results: readonly TestResult[]): readonly TestResult[] {
  const ran = results.filter(({ outcome }) => outcome !== 'skipped').length
  if (ran >= leastTests) return results
  return [
    ...results,
    {
      test: 'the suite as a whole',
      outcome: 'failed',
      output: `${ran} tests ran, and there are ${leastTests} at least`,
    },
  ]
}
