import type { SequencedRecord, Timestamp } from '../../../../proto/types.ts'
import { parseCommand } from '../../../../reference-server/semantics/batch/command.ts'
import { isRefusal } from '../../../../reference-server/semantics/refusal.ts'
import type { Played } from '../session.ts'
import { FRESH, type SessionState } from '../state.ts'
import { element } from './elements.ts'

/** The stream before a step and after it. */
export interface Shown {
  readonly before: SessionState
  readonly played: Played | undefined
}

/** Returns the facts about the stream as terms and their definitions. */
export function factsOf(state: SessionState): readonly Node[] {
  const { stream, config, now } = state
  const { tail } = stream
  const timestamping = `${config.timestampingMode}${config.timestampingUncapped ? ', uncapped' : ''}`
  return [
    ...fact('Tail', String(tail.seqNum), `last timestamp ${tail.timestamp}`),
    ...fact(
      'Fencing token',
      JSON.stringify(stream.fencingToken),
      stream.fencingToken === '' ? 'not fenced' : 'fenced',
    ),
    ...fact('Trim point', String(stream.trimPoint), 'first number to keep'),
    ...fact(
      'Timestamping',
      timestamping,
      config.timestampingUncapped ? 'future allowed' : 'capped at arrival',
    ),
    ...fact('Clock', String(now), dateOf(now)),
  ]
}

const fact = (term: string, value: string, note: string): readonly Node[] => [
  element(
    'div',
    {},
    element('dt', {}, term),
    element('dd', {}, element('code', {}, value), element('small', {}, note)),
  ),
]

/** The largest time that `Date` knows. */
const LAST_DATE = 8_640_000_000_000_000n

const dateOf = (time: Timestamp): string =>
  time > LAST_DATE ? 'beyond the calendar' : new Date(Number(time)).toISOString().replace('T', ' ')

/** Returns the records in their order, with markers for the trim point and the tail. */
export function recordsOf({ before, played }: Shown): readonly Node[] {
  const state = played?.after ?? FRESH
  const { trimPoint, tail } = state.stream
  const delivered = new Set(played?.delivered.map(({ seqNum }) => seqNum))
  const cells = state.records.map((record) => {
    const isNew = record.seqNum >= before.stream.tail.seqNum
    return recordCell(record, record.seqNum < trimPoint, isNew, delivered.has(record.seqNum))
  })
  if (trimPoint > 0n) cells.splice(Number(trimPoint), 0, marker('trim point', trimPoint))
  return [...cells, marker('tail', tail.seqNum)]
}

const marker = (name: string, seqNum: bigint): HTMLLIElement =>
  element(
    'li',
    { class: `pg-marker pg-marker-${name.replace(' ', '-')}` },
    element('b', {}, String(seqNum)),
    name,
  )

function recordCell(
  record: SequencedRecord,
  isTrimmed: boolean,
  isNew: boolean,
  isRead: boolean,
): HTMLLIElement {
  const states: State[] = []
  if (isTrimmed) states.push('trimmed')
  if (isNew) states.push('appended')
  if (isRead) states.push('delivered')
  return element(
    'li',
    { class: ['pg-cell', ...states.map((name) => `pg-${name}`)].join(' '), title: dateOf(record.timestamp) },
    element('b', {}, String(record.seqNum)),
    ...contentOf(record),
    element('small', {}, String(record.timestamp)),
    states.length === 0
      ? undefined
      : element('span', { class: 'pg-unseen' }, states.map((name) => WORDS[name]).join(', ')),
  )
}

type State = keyof typeof WORDS

const WORDS = { trimmed: 'trimmed', appended: 'appended by this step', delivered: 'returned by this step' }

function contentOf(record: SequencedRecord): readonly Node[] {
  const effect = parseCommand(record)
  if (isRefusal(effect) || effect.command === 'none') {
    return [
      ...record.headers.map(({ name, value }) =>
        element('span', { class: 'pg-header' }, `${textOf(name)}=${textOf(value)}`),
      ),
      element('span', { class: 'pg-body' }, textOf(record.body)),
    ]
  }
  const argument = effect.command === 'fence' ? JSON.stringify(effect.token) : String(effect.upTo)
  return [
    element('span', { class: 'pg-command' }, effect.command),
    element('span', { class: 'pg-body' }, argument),
  ]
}

/** Bytes as text, or in hex where they are not UTF-8. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return `0x${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
  }
}
