import { InconclusiveError } from '../../../client/failures.ts'
import { howMany } from '../../../kit/text/how-many.ts'
import type { CheckContext } from '../../check/context.ts'
import { type Requirement, requirement, type Trial } from '../../check/requirement.ts'
import { type CutResult, cutPower, planCuts } from '../../durability/cut-power.ts'

const CUTS = 2

/**
 * What had been acknowledged, and shown to readers, when the power went had been synced. A kill does not show that: the
 * kernel keeps what was written. So the target is watched as it writes, and started on what would have been left. It is
 * judged by what ext4 and XFS leave; what the letter of fsync(2) would leave is recorded.
 */
export const survivesCuts = (cuts: number): Trial => ({
  patience: 120 + cuts * 30,
  async check(context) {
    const results = await cutPower(context, planCuts(context.random, cuts), (cut) =>
      cut === cuts - 1 ? ['journalled', 'strict'] : ['journalled'],
    )
    for (const result of results) judge(context, result)
    const unseen = results.flatMap((result) => result.unseen)[0]
    if (unseen !== undefined)
      throw new InconclusiveError(`the disk was reached by a way not watched: ${unseen}`)
    if (!results.some(({ syncs }) => syncs > 0))
      throw new InconclusiveError('nothing was synced in {data_dir}')
  },
})

const FEW = survivesCuts(CUTS)

export const power: readonly Requirement[] = [
  requirement('DUR-001', 'Promise', { needs: ['power-cut', 'http2'], patience: FEW.patience }, FEW.check),
]

function judge(
  { expect, record }: CheckContext,
  { disk, counts, bytes, names, syncs, broken }: CutResult,
): void {
  if (disk === 'journalled')
    expect.that(broken === undefined, 'what had been told before the power went', broken)
  const lost = `after ${howMany(syncs, 'syncs')}, ${howMany(bytes, 'bytes')} and ${howMany(names, 'names')} lost`
  const kept = `${howMany(counts.acked, 'acknowledged batches')} all there`
  record(disk === 'journalled' ? `${lost}, ${kept}` : `by the letter of fsync(2): ${lost}, ${broken ?? kept}`)
}
