import type { BasinClient } from '../../client/basin-client.ts'
import type { Transport } from '../../client/transport.ts'
import { DEFAULT_BASIN_CONFIG } from '../../reference-server/semantics/resources/config.ts'
import type { CheckContext } from '../check/context.ts'
import { followed, onManyStreams, onOneStream, SUFFIXES } from './arbitraries/sequences.ts'
import { parseSteps } from './parse-steps.ts'
import { createProperty, type Property, type Report } from './property.ts'
import type { Run } from './run.ts'
import { runSteps } from './run-steps.ts'
import { serverNow } from './server-now.ts'
import { simplerSteps } from './simpler-steps.ts'
import type { Step } from './step.ts'
import { liveStreamOf } from './steps/config.ts'
import { flavorsOf, type World } from './world.ts'

const EVERYWHERE: readonly Transport[] = ['json', 'protobuf', 'sse', 's2s']

/** Sequences on a fresh stream of the run's shared basin. */
const oneStream = (
  id: string,
  arbitrary: typeof onOneStream,
  runs: { few: number; many: number },
): Property =>
  createProperty({
    id,
    needs: [],
    on: EVERYWHERE,
    arbitrary,
    runs,
    prepare: serverNow,
    simpler: simplerSteps,
    parse: parseSteps,
    async play(context, now, steps, tell) {
      const { basin, expect } = context
      const stream = await context.newStream()
      const config = expect.ok(await basin.getStreamConfig(stream.name))
      const worlds = flavorsOf(context.profile).map((flavor): World => {
        const world = { flavor, basin: DEFAULT_BASIN_CONFIG, slots: [] }
        return { ...world, slots: [{ is: 'live', stream: liveStreamOf(config, world) }] }
      })
      await runSteps(runOf(context, basin, [stream.name], worlds, now), steps, telling(tell))
    },
  })

export const sequencesOnOneStream: Property = oneStream('PROP-001', onOneStream, { few: 40, many: 100 })

export const sequencesWithFollowers: Property = oneStream('PROP-002', followed, { few: 30, many: 80 })

/** Sequences on the streams of a basin of their own, whose settings each begins with anew. */
export const sequencesOnManyStreams: Property = createProperty({
  id: 'PROP-003',
  needs: ['basins'],
  on: EVERYWHERE,
  arbitrary: onManyStreams,
  runs: { few: 40, many: 80 },
  async prepare(context) {
    return { basin: await context.newBasin(), now: await serverNow(context) }
  },
  simpler: simplerSteps,
  parse: parseSteps,
  async play(context, { basin, now }, steps, tell) {
    const reset = { create_stream_on_append: false, create_stream_on_read: false }
    context.expect.ok(await context.account.ensureBasin(basin.name, { config: reset }))
    const common = context.newStreamName()
    const names = SUFFIXES.map((suffix) => `${common}/${suffix}`)
    const worlds = flavorsOf(context.profile).map(
      (flavor): World => ({
        flavor,
        basin: DEFAULT_BASIN_CONFIG,
        slots: names.map(() => ({ is: 'absent' })),
      }),
    )
    await runSteps(runOf(context, basin, names, worlds, now), steps, telling(tell))
  },
})

function runOf(
  { account, expect, eventually, record, transport }: CheckContext,
  basin: BasinClient,
  names: readonly string[],
  worlds: readonly World[],
  now: () => bigint,
): Run {
  const streams = names.map((name) => basin.stream(name, transport))
  return { account, basin, streams, transport, expect, eventually, record, now, worlds, followers: [] }
}

const telling =
  (tell: Report): Parameters<typeof runSteps>[2] =>
  ({ step, request: asked, expected: allowed, actual: came }) =>
    tell({ request: describe(step, asked), expected: allowed, actual: came })

const describe = (step: Step, asked: string | undefined): string =>
  asked === undefined ? JSON.stringify(step) : `${JSON.stringify(step)}\n   ${asked}`
