import { isObject } from '../../kit/is-object.ts'
import { isStep } from './parse-steps.ts'
import type { Step } from './step.ts'

/**
 * Sequences that are a little simpler than this one, the boldest first: without what came after the request that failed,
 * without some of the steps, with fewer records, members and numbers.
 */
export function* simplerSteps(steps: readonly Step[], asked: number): Generator<readonly Step[], void> {
  if (asked < steps.length) yield steps.slice(0, asked)
  yield* fewer(steps)
  for (const [index, step] of steps.entries()) {
    for (const simpler of simplerValue(step, '')) if (isStep(simpler)) yield steps.with(index, simpler)
  }
}

/** Without a half, a quarter, and so on down to one; the last first. */
function* fewer<Item>(items: readonly Item[]): Generator<readonly Item[], void> {
  for (let size = items.length >> 1; size >= 1; size >>= 1) {
    for (let end = items.length; end > 0; end -= size)
      yield [...items.slice(0, Math.max(0, end - size)), ...items.slice(end)]
  }
}

/** Members that a step can do without. */
const OPTIONAL: ReadonlySet<string> = new Set([
  ...['fill', 'match', 'token', 'timestamp', 'clamp', 'count', 'bytes', 'until', 'wait'],
  ...['config', 'requestToken', 'prefix', 'startAfter', 'limit'],
  ...[
    'storage_class',
    'retention_policy',
    'timestamping',
    'delete_on_empty',
    'mode',
    'uncapped',
    'min_age_secs',
  ],
  ...['default_stream_config', 'create_stream_on_append', 'create_stream_on_read'],
])

/** Texts of a step that may be any. */
const TEXTS: ReadonlySet<string> = new Set(['body', 'requestToken'])

/** Ages of a configuration are not made less: they are long for a reason. */
const NUMBERS: ReadonlySet<string> = new Set([
  ...[
    'stream',
    'headers',
    'match',
    'back',
    'fromTail',
    'count',
    'bytes',
    'until',
    'plus',
    'value',
    'cut',
    'limit',
  ],
])

function* simplerValue(value: unknown, name: string): Generator<unknown, void> {
  if (typeof value === 'string' && TEXTS.has(name) && value !== '')
    yield* ['', value.slice(0, value.length >> 1)]
  if (typeof value === 'number' && NUMBERS.has(name) && value !== 0) yield* [0, Math.trunc(value / 2)]
  if (Array.isArray(value)) {
    yield* fewer(value).filter((items) => items.length > 0)
    for (const [index, item] of value.entries())
      for (const simpler of simplerValue(item, name)) yield value.with(index, simpler)
  } else if (isObject(value)) yield* simplerObject(value)
}

const PLAIN = { record: 'data', body: '', headers: 0 }

function* simplerObject(value: Readonly<Record<string, unknown>>): Generator<unknown, void> {
  if (value.record === 'fence' || value.record === 'trim') yield PLAIN
  for (const [name, member] of Object.entries(value)) {
    // The token of a fence is no condition.
    const isOptional = OPTIONAL.has(name) && !('record' in value && name === 'token')
    if (isOptional) yield Object.fromEntries(Object.entries(value).filter(([other]) => other !== name))
    for (const simpler of simplerValue(member, name)) yield { ...value, [name]: simpler }
  }
}
