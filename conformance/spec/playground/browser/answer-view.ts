import { parseJson } from '../../../../proto/json.ts'
import { member, readObject, readText } from '../../../../proto/json-shape.ts'
import type { RowId } from '../deciding-rows.ts'
import { type HttpRequest, type PlaygroundRequest, toHttp } from '../request.ts'
import type { Played } from '../session.ts'
import { element } from './elements.ts'

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  400: 'Bad Request',
  412: 'Precondition Failed',
  416: 'Range Not Satisfiable',
  422: 'Unprocessable Content',
}

/** Returns the request and its answer as the wire shows them. */
export function answerOf({ step, answer }: Played): readonly Node[] {
  const { status, code, body } = answer
  return [
    element(
      'pre',
      { class: 'pg-sent', 'aria-label': 'Request as sent', tabindex: '0' },
      httpText(toHttp(step.request)),
    ),
    element(
      'p',
      { class: `pg-status ${status === 200 ? 'pg-good' : 'pg-bad'}` },
      element('b', {}, String(status)),
      ` ${REASONS[status] ?? ''} `,
      code === undefined ? undefined : element('code', {}, code),
    ),
    element('pre', { class: 'pg-answer-body', 'aria-label': 'Body of the answer', tabindex: '0' }, body),
  ]
}

const httpText = ({ method, path, headers, body }: HttpRequest): string => {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [`${method} ${path}`, ...lines, ...(body === undefined ? [] : ['', body])].join('\n')
}

export interface RowData {
  readonly title: string
  readonly statement: string
  readonly href: string
}

/** Reads the titles and links of the rows that the page carries. */
export function readRows(json: string): (id: RowId) => RowData {
  const rows = readObject(parseJson(json), 'the rows')
  return (id) => {
    const row = readObject(member(rows, id), id)
    const text = (key: keyof RowData): string => readText(member(row, key), key)
    return { title: text('title'), statement: text('statement'), href: text('href') }
  }
}

/** Returns the list of rows that decide an answer. */
export function decidedBy({ rows }: Played, rowOf: (id: RowId) => RowData): readonly Node[] {
  const items = rows.map((id) => {
    const { title, statement, href } = rowOf(id)
    return element(
      'li',
      {},
      element('a', { class: 'pg-id', href }, id),
      element('b', {}, title),
      element('p', {}, statement),
    )
  })
  return [element('h3', {}, 'Decided by'), element('ul', { class: 'pg-deciding' }, ...items)]
}

/** A few words for a request. */
export function nameOf(request: PlaygroundRequest): string {
  if (request.kind !== 'append') return request.kind === 'tail' ? 'check tail' : request.kind
  const [record, ...others] = request.records
  const [header] = record?.headers ?? []
  if (record === undefined || others.length > 0 || header?.[0] !== '') return 'append'
  return ['fence', 'ZmVuY2U='].includes(header[1])
    ? 'fence'
    : ['trim', 'dHJpbQ=='].includes(header[1])
      ? 'trim'
      : 'append'
}
