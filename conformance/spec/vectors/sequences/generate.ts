import type { Random } from '../../../../kit/random.ts'
import { createRandom } from '../../../../kit/random.ts'
import { stringifyJson } from '../../../../proto/json.ts'
import type { Format } from '../../../../proto/types.ts'
import type { Timestamping } from '../../../../reference-server/semantics/append/timestamping.ts'
import { pickBetween, pickWeighted } from '../../../history/random.ts'
import { FRESH, type Oracle } from '../../../model/oracle.ts'
import { chance, drawAppend, pick } from './draw-append.ts'
import { drawRead } from './draw-read.ts'
import { judgeAppend, judgeRead, judgeTail, type Outcome, type Settings, shapeOf } from './outcomes.ts'
import { type ReadRequest, requestToJson, type SequenceRequest } from './request.ts'
import { type Spacing, timeOf } from './times.ts'

/** Sequences of the published file. */
export const SEQUENCES = 3000

/** Waiting for a trim takes seconds on some servers, so that few sequences do. */
const WAITS_IN_100 = 8
const TRIM_SECONDS = 60

const SPACINGS: readonly Spacing[] = ['apart', 'at-once']

/** One sequence on a stream of its own, under way: the oracle for each spacing of arrivals. */
interface Course {
  readonly oracles: Readonly<Record<Spacing, Oracle>>
  readonly arrivals: number
  /** Arrivals that an acknowledgement has shown: a client knows no others. */
  readonly shown: ReadonlySet<number>
  readonly steps: readonly object[]
}

const CONFIGS: readonly Partial<Timestamping>[] = [
  {},
  {},
  { uncapped: true },
  { mode: 'client-prefer', uncapped: false },
  { mode: 'client-require' },
  { mode: 'client-require', uncapped: true },
  { mode: 'arrival' },
  { mode: 'arrival', uncapped: true },
]

/** Returns the lines of `sequences.jsonl`. The same number always gives the same lines. */
export const sequenceLines = (count: number = SEQUENCES): readonly string[] =>
  Array.from({ length: count }, (_, index) => stringifyJson(sequence(index + 1)))

function sequence(number: number): object {
  const random = createRandom(number)
  const format: Format = chance(random, 30) ? 'base64' : 'raw'
  const config = pick(random, CONFIGS)
  const timestamping = { mode: 'client-prefer', uncapped: false, ...config } as const
  let course: Course = {
    oracles: { apart: FRESH, 'at-once': FRESH },
    arrivals: 0,
    shown: new Set(),
    steps: [],
  }
  const length = pickBetween(random, 3, 9)
  for (let attempt = 0; course.steps.length < length && attempt < 40; attempt++) {
    course = take(course, draw(random, course, format), { format, timestamping }) ?? course
  }
  if (chance(random, WAITS_IN_100)) course = awaitTrim(course, { format, timestamping })
  const id = `sequence-${String(number).padStart(4, '0')}`
  return { id, format, config: { timestamping: config }, steps: course.steps }
}

function draw(random: Random, { oracles, steps }: Course, format: Format): SequenceRequest {
  const oracle = oracles.apart
  // Trims overtake sessions (CMD-020): what they then deliver depends on both, and has no short list.
  const mayFollow = oracle.state.trimPoint === 0n
  switch (pickWeighted(random, [steps.length === 0 ? 10 : 5, 3, 1, mayFollow ? 1 : 0])) {
    case 0:
      return { kind: 'append', input: drawAppend(random, oracle, format) }
    case 1:
      return { kind: 'read', read: drawRead(random, oracle, false), sse: false }
    case 2:
      return { kind: 'check-tail' }
    default:
      return { kind: 'read', read: drawRead(random, oracle, true), sse: true }
  }
}

type Common = Omit<Settings, 'spacing'>

/** Takes a step; undefined where what is allowed would depend on whether two appends arrived in one millisecond. */
function take(course: Course, request: SequenceRequest, common: Common): Course | undefined {
  if (request.kind === 'read' && !isKnown(course, request.read)) return undefined
  const [apart, atOnce] = SPACINGS.map((spacing) => judge(course, request, { ...common, spacing }))
  if (apart === undefined || atOnce === undefined) return undefined
  if (shapeOf(apart.outcomes) !== shapeOf(atOnce.outcomes)) return undefined
  return {
    oracles: { apart: apart.after, 'at-once': atOnce.after },
    arrivals: course.arrivals + (apart.accepted ? 1 : 0),
    shown: apart.accepted ? withTail(course.shown, apart.after) : course.shown,
    steps: [...course.steps, { ...requestToJson(request, common.format), outcomes: apart.outcomes }],
  }
}

const isKnown = ({ shown }: Course, { timestamp, until }: ReadRequest): boolean =>
  [timestamp, until].every((time) => time === undefined || 'fixed' in time || shown.has(time.arrival))

function withTail(shown: ReadonlySet<number>, { state }: Oracle): ReadonlySet<number> {
  const tail = timeOf(state.tail.timestamp)
  return 'fixed' in tail ? shown : new Set([...shown, tail.arrival])
}

function judge(course: Course, request: SequenceRequest, settings: Settings): ReturnType<typeof judgeAppend> {
  const oracle = course.oracles[settings.spacing]
  const unchanged = (outcomes: readonly Outcome[]) => ({ outcomes, after: oracle, accepted: false })
  switch (request.kind) {
    case 'append':
      return judgeAppend(oracle, request.input, course.arrivals + 1, settings)
    case 'read':
      return unchanged(judgeRead(oracle, request.read, request.sse, settings))
    case 'check-tail':
      return unchanged(judgeTail(oracle))
  }
}

/** Ends a sequence that trimmed with a read that is repeated until the trim has taken effect (CMD-020). */
function awaitTrim(course: Course, common: Common): Course {
  const { trimPoint } = course.oracles.apart.state
  if (trimPoint === 0n) return course
  const removed = (oracle: Oracle): Oracle => ({ ...oracle, goneBelow: trimPoint })
  const { apart, 'at-once': atOnce } = course.oracles
  const settled = { ...course, oracles: { apart: removed(apart), 'at-once': removed(atOnce) } }
  const first: SequenceRequest = { kind: 'read', read: { seqNum: 0n, count: 1n }, sse: false }
  const ended = take(settled, first, common)
  if (ended === undefined) return course
  return { ...ended, steps: [...course.steps, { ...ended.steps.at(-1), within_seconds: TRIM_SECONDS }] }
}
