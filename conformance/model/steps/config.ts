import type { Answer } from '../../../client/answer.ts'
import { askedFor } from '../../../client/asked.ts'
import type { StreamConfigBody, StreamInfoBody } from '../../../client/config-bodies.ts'
import { deepEqual } from '../../../kit/deep-equal.ts'
import type { Refusal } from '../../../reference-server/semantics/refusal.ts'
import { checkStreamConfig } from '../../../reference-server/semantics/resources/check-config.ts'
import {
  type ResolvedStreamConfig,
  resolveStreamConfig,
  type StreamConfig,
  UNSET_STREAM_CONFIG,
} from '../../../reference-server/semantics/resources/config.ts'
import { checkStreamPatch, patchStream } from '../../../reference-server/semantics/resources/config-patch.ts'
import {
  type CreationKey,
  creationKey,
  decideCreate,
  decideEnsureStream,
  newStream,
} from '../../../reference-server/semantics/resources/provision.ts'
import { configOf, patchOf } from '../config-values.ts'
import { FRESH } from '../oracle.ts'
import { isRefusedAs, showAnswer, showRefusal } from '../refusals.ts'
import { untilDecided } from '../retry.ts'
import type { Answered, Possibility, Run } from '../run.ts'
import type { CreateStep, EnsureStep, ReconfigureStep, StepOf } from '../step.ts'
import { isExact, type LiveStream, meet, type World, withStream } from '../world.ts'

export const refused = (answer: Answer<unknown>, refusal: Refusal, after: World): Possibility => ({
  expected: showRefusal(refusal),
  fits: isRefusedAs(answer, refusal),
  after,
})

/** POST: makes the stream, or repeats its making (CP-STR-022). */
export async function create(run: Run, step: CreateStep): Promise<Answered> {
  const { requestToken } = step
  const name = nameOf(run, step.stream)
  const options = requestToken === undefined ? {} : { requestToken }
  const answer = await untilDecided(run, () => run.basin.createStream(name, step.config, options))
  const request = configOf(step.config)
  const key = creationKey(requestToken, request)
  return judged(run, answer, (world) => {
    const invalid = checkStreamConfig(request, world.flavor)
    if (invalid !== undefined) return [refused(answer, invalid, world)]
    return meet(world, step.stream, 'create-stream').map((meeting) => {
      if (meeting.met === 'refused') return refused(answer, meeting.refusal, meeting.world)
      if (meeting.met === 'made')
        return provisioned(answer, 201, made(meeting.world, step.stream, request, key))
      const decision = decideCreate('stream', meeting.stream.key, key)
      return decision === 'noop'
        ? provisioned(answer, 201, meeting.world)
        : refused(answer, decision, meeting.world)
    })
  })
}

/** PUT: makes the stream, or gives it the configuration that a new one had (CP-STR-042). */
export async function ensure(run: Run, step: EnsureStep): Promise<Answered> {
  const name = nameOf(run, step.stream)
  const answer = await untilDecided(run, () => run.basin.ensureStream(name, step.config ?? undefined))
  const request = configOf(step.config)
  return judged(run, answer, (world) => {
    const invalid = checkStreamConfig(request, world.flavor)
    if (invalid !== undefined) return [refused(answer, invalid, world)]
    return meet(world, step.stream, 'ensure-stream').map((meeting) => {
      if (meeting.met === 'refused') return refused(answer, meeting.refusal, meeting.world)
      const { stream, world: after } = meeting
      if (meeting.met === 'made')
        return provisioned(answer, 201, made(after, step.stream, request, undefined))
      const { config } = newStream(request, world.basin, world.flavor.systemConfig)
      const result = decideEnsureStream(stream.config, { config })
      const changed = withStream(after, step.stream, { ...stream, config })
      return provisioned(answer, 200, changed, isExact(world) ? result : undefined)
    })
  })
}

/** PATCH. */
export async function reconfigure(run: Run, step: ReconfigureStep): Promise<Answered> {
  const name = nameOf(run, step.stream)
  const answer = await untilDecided(run, () => run.basin.reconfigureStream(name, step.patch))
  const patch = patchOf(step.patch)
  return judged(run, answer, (world) => {
    const invalid = checkStreamPatch(patch, world.flavor)
    const own = invalid === undefined ? [] : [refused(answer, invalid, world)]
    const met = meet(world, step.stream, 'reconfigure-stream').flatMap((meeting): readonly Possibility[] => {
      if (meeting.met === 'refused') return [refused(answer, meeting.refusal, meeting.world)]
      if (invalid !== undefined) return []
      const { basin, flavor } = world
      const config = patchStream(meeting.stream.config, patch, basin.defaultStreamConfig, flavor.systemConfig)
      return [shown(answer, withStream(meeting.world, step.stream, { ...meeting.stream, config }), config)]
    })
    // Whether a wrong patch or a missing stream is said first is nobody's promise.
    return [...own, ...met]
  })
}

export async function getConfig(run: Run, step: StepOf<'get-config'>): Promise<Answered> {
  const answer = await run.basin.getStreamConfig(nameOf(run, step.stream))
  return judged(run, answer, (world) => judgeConfig(answer, world, step.stream))
}

/** What a GET of the stream may be answered with. */
export const judgeConfig = (
  answer: Answer<StreamConfigBody>,
  world: World,
  stream: number,
): readonly Possibility[] =>
  meet(world, stream, 'get-stream-config').map((meeting) =>
    meeting.met === 'refused'
      ? refused(answer, meeting.refusal, meeting.world)
      : shown(answer, meeting.world, meeting.stream.config),
  )

export function nameOf({ streams }: Pick<Run, 'streams'>, index: number): string {
  const client = streams[index]
  if (client === undefined) throw new RangeError(`no stream ${index}`)
  return client.name
}

export function judged(
  { worlds }: Pick<Run, 'worlds'>,
  answer: Answer<unknown>,
  judge: (world: World) => readonly Possibility[],
): Answered {
  const { 's2-provision-result': result } = answer.headers
  const came = Object(showAnswer(answer, (value) => value))
  return {
    asked: askedFor(answer),
    came: result === undefined ? came : { ...came, result },
    possibilities: worlds.flatMap(judge),
  }
}

function made(world: World, index: number, request: StreamConfig, key: CreationKey | undefined): World {
  const { config } = newStream(request, world.basin, world.flavor.systemConfig)
  const stream: LiveStream = { ...FRESH, config, key }
  return withStream(world, index, stream)
}

function provisioned(
  answer: Answer<StreamInfoBody>,
  status: number,
  after: World,
  result?: string,
): Possibility {
  const { 's2-provision-result': told } = answer.headers
  const fits = answer.status === status && (result === undefined || told === undefined || told === result)
  return { expected: { status, ...(result !== undefined && { result }) }, fits, after }
}

function shown(answer: Answer<StreamConfigBody>, after: World, config: ResolvedStreamConfig): Possibility {
  const { systemConfig } = after.flavor
  // Defaults may be left out, also those of the basin: a stream shows what is in force (CP-CFG-032, CP-STR-050).
  const came = answer.value === undefined ? undefined : resolve(configOf(answer.value), systemConfig)
  return {
    expected: { status: 200, ...config },
    fits: answer.status === 200 && deepEqual(came, config),
    after,
  }
}

const resolve = (config: StreamConfig, system: ResolvedStreamConfig): ResolvedStreamConfig =>
  resolveStreamConfig(config, UNSET_STREAM_CONFIG, system)

/** For a stream whose configuration the sequence has not made. */
export const liveStreamOf = (body: StreamConfigBody, { flavor }: World): LiveStream => ({
  ...FRESH,
  config: resolve(configOf(body), flavor.systemConfig),
  key: undefined,
})
