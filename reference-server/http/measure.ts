import type { AppendAck } from '../../proto/types.ts'
import type { Batch } from '../semantics/batch.ts'
import { isRefusal, type Refusal } from '../semantics/refusal.ts'
import type { Services } from './services.ts'

/** Appends the batch, and notes its size, how long it waited to be let in since `arrived`, and until it was durable. */
export async function measureAppend<Outcome extends AppendAck | Refusal | undefined>(
  batch: Batch,
  arrived: bigint,
  append: () => Promise<Outcome>,
  { clock, metrics }: Services,
): Promise<Outcome> {
  const admitted = clock.now()
  metrics.permitLatency.observe(seconds(admitted - arrived))
  metrics.batchRecords.observe(batch.records.length)
  metrics.batchBytes.observe(Number(batch.size))
  const outcome = await append()
  if (outcome !== undefined && !isRefusal(outcome))
    metrics.ackLatency.observe(seconds(clock.now() - admitted))
  return outcome
}

const seconds = (milliseconds: bigint): number => Number(milliseconds) / 1000
