import { InconclusiveError } from '../../../client/failures.ts'
import { record } from '../../../client/records.ts'
import { howMany } from '../../../kit/text/how-many.ts'
import { type Requirement, requirement, type Trial } from '../../check/requirement.ts'
import { disrupt } from '../../durability/disrupt.ts'
import { planKills } from '../../durability/moment.ts'
import { writeExactlyOnce } from '../../durability/retrying-writer.ts'
import { createSurvivor } from '../../durability/survivor.ts'
import { Witness } from '../../durability/witness.ts'

const KILLS = 3

/** A writer that sends again, on the same condition, what it got no answer to, finds each batch in the stream once. */
export const exactlyOnceThrough = (kills: number): Trial => ({
  patience: 60 + kills * 5,
  async check(context) {
    const { newStream, random, now, expect } = context
    const stream = (await newStream()).over('s2s')
    const witness = new Witness(now)
    const disruption = disrupt(context, witness, planKills(random, kills))
    const survivor = createSurvivor(
      () => !disruption.isOver,
      () => disruption.recovered(),
    )
    const [{ batches, again, found }] = await Promise.all([
      writeExactlyOnce({ stream, witness, survivor, expect }),
      disruption.run(),
    ])
    await expect.holds(
      stream.over('json'),
      batches.flat().map((body) => record(body)),
    )
    context.record(
      `${howMany(disruption.kills, 'kills')}, ${howMany(batches.length, 'batches')} once each, ${again} sent again, of which ${found} had been written`,
    )
    if (again === 0) throw new InconclusiveError('no kill met an append under way')
  },
})

const FEW = exactlyOnceThrough(KILLS)

export const numbers: readonly Requirement[] = [
  requirement(
    'DUR-011',
    'Recovery does not reuse numbers',
    { needs: ['restart', 'http2'], patience: FEW.patience },
    FEW.check,
  ),
]
