import { deepEqual } from '../../kit/deep-equal.ts'
import type { Look, Path } from './look.ts'

/** One thing told otherwise. */
export interface Alteration {
  /** `status 201`, `+1`, `last item gone`. */
  readonly name: string
  readonly path: Path
  /** The altered value in place of what stands at `path`; unchanged where that is of another kind. */
  alter(value: unknown): unknown
}

/** Every way in which this part of an answer is told otherwise, one at a time. */
export function alterationsOf(look: Look): readonly Alteration[] {
  const { path, at, value } = look
  const key = path.at(-1)
  if (at === 'value' && key === 'status') return statusAlterations(path, value)
  if (at === 'value' && key === 'kind') return eventAlterations(path, value)
  return partAlterations(look).map(([name, alter]) => ({ name, path, alter }))
}

function partAlterations({ origin, path, at, value }: Look): readonly Named[] {
  const key = path.at(-1)
  // What an answer is made of is the clients' doing, not the target's.
  if (at === 'members') return path.length === 0 ? [] : [MEMBER]
  if (at === 'items') return itemAlterations(Array.isArray(value) ? value : [])
  if (value === undefined || value === null) return absentAlterations(path)
  // The bits below are for the future, and mean nothing yet.
  if (key === 'flags') return [flag('the terminal bit', 0x80), flag('a compression bit', 0x20)]
  if (key === 'code') return [always('another code', value === 'invalid' ? 'other' : 'invalid')]
  // Messages are for people: that there is one is all that is promised.
  if (key === 'message') return [GONE]
  // What is in it is looked at where it is read.
  const isUnread = key === 'body' && (path.length === 1 || origin.label === 'frames')
  if (isUnread) return byteAlterations(value).slice(0, 3)
  return [...valueAlterations(value), ...(path.at(-2) === 'headers' ? [GONE] : [])]
}

type Named = readonly [name: string, alter: (value: unknown) => unknown]

const always = (name: string, value: unknown): Named => [name, () => value]

const flag = (name: string, bit: number): Named => [
  `${name} flipped`,
  (flags) => (typeof flags === 'number' ? flags ^ bit : flags),
]

const GONE: Named = always('gone', undefined)

const MEMBER: Named = ['one member more', (object) => ({ ...Object(object), tampered: true })]

/** What could have come where nothing did. */
function absentAlterations(path: Path): readonly Named[] {
  const key = path.at(-1) ?? ''
  if (path.length === 1 || path[0] === 'error') return []
  return [always('something', key in PRESENT ? PRESENT[key] : 'tampered')]
}

const PRESENT: Readonly<Record<string, unknown>> = {
  default_stream_config: { storage_class: 'standard', retention_policy: { age: 7n } },
  storage_class: 'standard',
  retention_policy: { age: 7n },
  timestamping: { mode: 'arrival', uncapped: true },
  mode: 'arrival',
  uncapped: true,
  delete_on_empty: { min_age_secs: 7n },
  min_age_secs: 7n,
  create_stream_on_append: true,
  create_stream_on_read: true,
  infinite: {},
  age: 7n,
  tail: { seqNum: 7n, timestamp: 7n },
  deleted_at: '2001-01-01T00:00:00Z',
}

function valueAlterations(value: unknown): readonly Named[] {
  if (typeof value === 'bigint') {
    // A moment told by a clock may be a little off; any other number may not.
    const step = value > FIRST_MOMENT && value < LAST_MOMENT ? DAY : 1n
    const by = (distance: bigint): Named => [
      `${distance > 0n ? '+' : ''}${distance}`,
      (each) => (typeof each === 'bigint' ? each + distance : each),
    ]
    return value === 0n ? [by(step)] : [by(step), by(-step)]
  }
  if (typeof value === 'number') {
    return [
      ['+1', (each) => (typeof each === 'number' ? each + 1 : each)],
      ['-1', (each) => (typeof each === 'number' ? each - 1 : each)],
    ]
  }
  if (typeof value === 'boolean') return [['the opposite', (each) => each !== true]]
  if (typeof value === 'string') return textAlterations(value)
  if (value instanceof Uint8Array) return byteAlterations(value)
  return [always('something', 'tampered')]
}

const DAY = 86_400_000n
const FIRST_MOMENT = 1_700_000_000_000n
const LAST_MOMENT = 2_500_000_000_000n

const TIME = /^\d{4}-\d\d-\d\dT/

function textAlterations(text: string): readonly Named[] {
  const alterations = [always('a character more', `${text}x`), always('another text', 'tampered')]
  return TIME.test(text)
    ? [...alterations, always('a year later', `2${text.slice(1).replace(/^\d{3}/, later)}`)]
    : alterations
}

const later = (year: string): string => String(Number(year) + 1).padStart(3, '0')

function byteAlterations(bytes: unknown): readonly Named[] {
  const length = isBytes(bytes) ? bytes.length : 0
  const more: Named = [
    'a byte more',
    (bytes) => (isBytes(bytes) ? Buffer.concat([bytes, Buffer.from('x')]) : bytes),
  ]
  if (length === 0) return [more]
  const less: Named = ['a byte less', (bytes) => (isBytes(bytes) ? bytes.slice(0, -1) : bytes)]
  return [more, less, flip('first', 0), flip('last', length - 1)]
}

const flip = (name: string, place: number): Named => [
  `the ${name} byte flipped`,
  (bytes) => (isBytes(bytes) ? bytes.map((byte, index) => (index === place ? byte ^ 1 : byte)) : bytes),
]

const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array

function itemAlterations(items: readonly unknown[]): readonly Named[] {
  const { length } = items.filter(isAlterable)
  const list = (name: string, alter: (items: readonly unknown[]) => readonly unknown[]): Named => [
    name,
    (value) => {
      if (!Array.isArray(value)) return value
      return [...alter(value.filter(isAlterable)), ...value.filter((item) => !isAlterable(item))]
    },
  ]
  if (length === 0) return []
  const alterations = [
    list('last item gone', (each) => each.slice(0, -1)),
    list('last item twice', (each) => [...each, ...each.slice(-1)]),
  ]
  if (length === 1) return alterations
  const first = list('first item gone', (each) => each.slice(1))
  if (deepEqual(items[0], items[1])) return [...alterations, first]
  return [...alterations, first, list('first two swapped', ([one, two, ...rest]) => [two, one, ...rest])]
}

/** Of the events of a session its batches: the end is there, and once, and heartbeats are as many as they are. */
const isAlterable = (item: unknown): boolean =>
  typeof item !== 'object' || item === null || !('kind' in item) || item.kind === 'batch'

/** The whole answer changes with its status, as it would have come. */
function statusAlterations(path: Path, status: unknown): readonly Alteration[] {
  if (typeof status !== 'number') return []
  const whole = path.slice(0, -1)
  const success = status >= 200 && status < 300
  const to = (other: number): Alteration => ({
    name: `status ${other} for ${status}`,
    path: whole,
    alter: (answer) => withStatus(Object(answer), other),
  })
  if (status === 0) return [to(500)]
  return success ? [to(status === 200 ? 201 : 200), to(500)] : [to(status === 409 ? 422 : 409), to(500)]
}

function withStatus(answer: { readonly error?: unknown }, status: number): unknown {
  const fails = status >= 300
  if (!fails || answer.error !== undefined || !('value' in answer)) return { ...answer, status }
  const json = { code: 'tampered', message: 'tampered' }
  return { ...answer, status, value: undefined, error: { ...json, json } }
}

/** An event of a session turns into another one. */
function eventAlterations(path: Path, kind: unknown): readonly Alteration[] {
  const whole = path.slice(0, -1)
  const json = { code: 'tampered', message: 'tampered' }
  const answer = {
    status: 500,
    headers: {},
    value: undefined,
    error: { ...json, json },
    body: new Uint8Array(0),
  }
  const ended: Alteration = { name: 'the end instead', path: whole, alter: () => ({ kind: 'end' }) }
  const failed: Alteration = {
    name: 'an error instead',
    path: whole,
    alter: () => ({ kind: 'error', answer }),
  }
  return [...(kind === 'end' ? [] : [ended]), ...(kind === 'error' ? [] : [failed])]
}

/** A copy of `value` with what stands at `path` altered; as it is where there is no such place. */
export function alterAt(value: unknown, path: Path, alter: (there: unknown) => unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return alter(value)
  if (Array.isArray(value)) {
    return value.map((item, index) => (String(index) === key ? alterAt(item, rest, alter) : item))
  }
  if (typeof value !== 'object' || value === null) return value
  return { ...value, [key]: alterAt(Reflect.get(value, key), rest, alter) }
}
