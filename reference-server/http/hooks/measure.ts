import type { AppendAck } from '../../../proto/types.ts'
import type { Batch } from '../../semantics/batch/batch.ts'
import { isRefusal, type Refusal } from '../../semantics/refusal.ts'
import type { Services } from '../services.ts'

/**
 * Appends the batch, and notes its size, how long it waited to be let in since `arrived` (of the stopwatch), and until it
 * was durable.
 */
export async function measureAppend<Outcome extends AppendAck | Refusal | undefined>(
  batch: Batch,
  arrived: number,
  append: () => Promise<Outcome>,
  { stopwatch, instruments }: Services,
): Promise<Outcome> {
  const { inFlight, permitLatency, ackLatency, batchRecords, batchBytes } = instruments
  const admitted = stopwatch()
  const bytes = Number(batch.size)
  permitLatency.observe((admitted - arrived) / 1000)
  batchRecords.observe(batch.records.length)
  batchBytes.observe(bytes)
  inFlight.appendBytes += bytes
  try {
    const outcome = await append()
    if (outcome !== undefined && !isRefusal(outcome)) ackLatency.observe((stopwatch() - admitted) / 1000)
    return outcome
  } finally {
    inFlight.appendBytes -= bytes
  }
}
