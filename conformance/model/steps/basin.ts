import type { Answer } from '../../../client/answer.ts'
import type { BasinConfigBody } from '../../../client/config-bodies.ts'
import { deepEqual } from '../../../kit/deep-equal.ts'
import { checkStreamConfig } from '../../../reference-server/semantics/resources/check-config.ts'
import {
  type BasinConfig,
  resolveStreamConfig,
  UNSET_STREAM_CONFIG,
} from '../../../reference-server/semantics/resources/config.ts'
import { checkStreamPatch, patchBasin } from '../../../reference-server/semantics/resources/config-patch.ts'
import { decideEnsureBasin } from '../../../reference-server/semantics/resources/provision.ts'
import { basinConfigOf, basinPatchOf } from '../config-values.ts'
import { untilDecided } from '../retry.ts'
import type { Answered, Possibility, Run } from '../run.ts'
import type { EnsureBasinStep, ReconfigureBasinStep } from '../step.ts'
import { isExact, type World } from '../world.ts'
import { judged, refused } from './config.ts'

/** PUT on a basin that is there. */
export async function ensureBasin(run: Run, { config }: EnsureBasinStep): Promise<Answered> {
  const answer = await untilDecided(run, () => run.account.ensureBasin(run.basin.name, { config }))
  const wanted = basinConfigOf(config)
  return judged(run, answer, (world): readonly Possibility[] => {
    const invalid = checkStreamConfig(wanted.defaultStreamConfig, world.flavor)
    if (invalid !== undefined) return [refused(answer, invalid, world)]
    const result = decideEnsureBasin(world.basin, wanted)
    const { 's2-provision-result': told } = answer.headers
    const fits = answer.status === 200 && (!isExact(world) || told === undefined || told === result)
    return [{ expected: { status: 200, result }, fits, after: { ...world, basin: wanted } }]
  })
}

/** PATCH. */
export async function reconfigureBasin(run: Run, { patch }: ReconfigureBasinStep): Promise<Answered> {
  const answer = await untilDecided(run, () => run.account.reconfigureBasin(run.basin.name, patch))
  const asked = basinPatchOf(patch)
  return judged(run, answer, (world) => {
    const invalid = checkStreamPatch(asked.defaultStreamConfig, world.flavor)
    if (invalid !== undefined) return [refused(answer, invalid, world)]
    return [shown(answer, { ...world, basin: patchBasin(world.basin, asked) })]
  })
}

export async function getBasinConfig(run: Run): Promise<Answered> {
  const answer = await run.account.getBasinConfig(run.basin.name)
  return judged(run, answer, (world) => [shown(answer, world)])
}

function shown(answer: Answer<BasinConfigBody>, after: World): Possibility {
  const fits =
    answer.status === 200 && answer.value !== undefined && isSame(basinConfigOf(answer.value), after)
  return { expected: { status: 200, ...after.basin }, fits, after }
}

/** Elsewhere than on s2-lite a default may be left out, or filled in (CP-CFG-032). */
function isSame(came: BasinConfig, world: World): boolean {
  if (isExact(world)) return deepEqual(came, world.basin)
  const inForce = ({ defaultStreamConfig, ...flags }: BasinConfig): object => ({
    ...flags,
    defaultStreamConfig: resolveStreamConfig(
      defaultStreamConfig,
      UNSET_STREAM_CONFIG,
      world.flavor.systemConfig,
    ),
  })
  return deepEqual(inForce(came), inForce(world.basin))
}
