import { ConformanceFailure } from '../../client/failures.ts'
import { TargetError } from '../../client/target-error.ts'
import { show } from '../../kit/show.ts'
import type { Answered, Run } from './run.ts'
import type { Step } from './step.ts'
import { append } from './steps/append.ts'
import { ensureBasin, getBasinConfig, reconfigureBasin } from './steps/basin.ts'
import { create, ensure, getConfig, reconfigure } from './steps/config.ts'
import { remove, settle } from './steps/delete.ts'
import { catchUpAll, follow } from './steps/follow.ts'
import { list } from './steps/list.ts'
import { poll } from './steps/poll.ts'
import { read } from './steps/read.ts'
import { checkTail } from './steps/tail.ts'
import { trimmed } from './steps/trimmed.ts'
import type { World } from './world.ts'

/** One request of a sequence that was run, and what is to be told of it. */
export interface Line {
  readonly step: Step
  readonly request: string | undefined
  readonly expected: string
  readonly actual: string
}

/**
 * Sends the steps one after another and holds each answer against all that the oracle allows. Each request is told to `tell`,
 * also the one that fails, with which it ends.
 */
export async function runSteps(run: Run, steps: readonly Step[], tell: (line: Line) => void): Promise<void> {
  try {
    for (const step of steps) await runStep(run, step, tell)
    if (run.followers.length > 0) await runStep(run, { step: 'catch-up' }, tell)
  } finally {
    for (const { session } of run.followers.splice(0)) session.cancel()
  }
}

async function runStep(run: Run, step: Step, tell: (line: Line) => void): Promise<void> {
  const answered = await sendStep(run, step).catch((error: unknown) => {
    throw failed(step, error, tell)
  })
  const { asked, came, possibilities } = answered
  const allowed = [...new Set(possibilities.map(({ expected }) => show(expected)))]
  const fitting = possibilities.filter(({ fits }) => fits)
  tell({ step, request: asked, expected: allowed.join(' or '), actual: show(came) })
  const [wanted] = possibilities
  const what = `answer to ${step.step}, one of ${allowed.length} allowed`
  run.expect.equal<unknown>(fitting.length > 0 ? wanted?.expected : came, wanted?.expected, what)
  run.worlds = distinct(fitting.map(({ after }) => after))
}

/** What ended a step without an answer is told like one. */
function failed(step: Step, error: unknown, tell: (line: Line) => void): unknown {
  if (error instanceof ConformanceFailure) {
    const { request: asked, expected: allowed, actual: came } = error.finding
    tell({ step, request: asked, expected: allowed, actual: came })
  } else if (error instanceof TargetError) {
    tell({ step, request: undefined, expected: 'an answer', actual: error.message })
  }
  return error
}

/** Sends one step, and says what it may be answered with. */
export function sendStep(run: Run, step: Step): Promise<Answered> {
  switch (step.step) {
    case 'append':
      return append(run, step)
    case 'read':
      return read(run, step)
    case 'check-tail':
      return checkTail(run, step)
    case 'follow':
      return follow(run, step)
    case 'catch-up':
      return catchUpAll(run)
    case 'poll':
      return poll(run, step)
    case 'create':
      return create(run, step)
    case 'ensure':
      return ensure(run, step)
    case 'reconfigure':
      return reconfigure(run, step)
    case 'get-config':
      return getConfig(run, step)
    case 'delete':
      return remove(run, step)
    case 'settle':
      return settle(run, step)
    case 'trimmed':
      return trimmed(run, step)
    case 'list':
      return list(run, step)
    case 'ensure-basin':
      return ensureBasin(run, step)
    case 'reconfigure-basin':
      return reconfigureBasin(run, step)
    case 'get-basin-config':
      return getBasinConfig(run)
  }
}

/** Worlds that came out of one another are told apart by what they hold, not by which they are. */
function distinct(worlds: readonly World[]): readonly World[] {
  const seen = new Map<string, World>()
  for (const world of worlds) {
    const key = keyOf([world.flavor.malformedValue, world.basin, world.slots.map(slotKey)])
    if (!seen.has(key)) seen.set(key, world)
  }
  return [...seen.values()]
}

function slotKey(slot: World['slots'][number]): unknown {
  if (slot.is !== 'live') return slot.is
  const { config, key, state, goneBelow } = slot.stream
  return [config, key ?? null, state, goneBelow]
}

const keyOf = (value: unknown): string =>
  JSON.stringify(value, (_name, member: unknown) => (typeof member === 'bigint' ? `${member}n` : member))
