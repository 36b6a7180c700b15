import type { Level, Row, Tier } from './row.ts'

/**
 * The rows of one area's file. Throws an Error that names area, place and fault when the file is not an array of
 * rows, or one of them has an unknown key, a missing or empty text, or an id of another area.
 */
export function parseRows(area: string, file: unknown): readonly Row[] {
  if (!Array.isArray(file)) throw new Error(`catalogue area ${area}: the file is not an array of rows`)
  return file.map((value: unknown, index) =>
    parseRow(area, value, `catalogue area ${area}, row ${index + 1}`),
  )
}

const levels: readonly Level[] = ['MUST', 'SHOULD', 'MAY', 'fact']
const tiers: readonly Tier[] = ['core', 'lite', 'hosted', 'probe', 'background']
const requiredKeys = ['id', 'title', 'level', 'tier', 'basis', 'statement', 'source'] as const
const optionalKeys = ['input', 'notes', 'sameAs', 'excluded', 'disputed'] as const
const keys: ReadonlySet<string> = new Set([...requiredKeys, ...optionalKeys])

type Fields = Readonly<Record<string, unknown>>
type OptionalTexts = { [Key in (typeof optionalKeys)[number]]?: string }

function parseRow(area: string, value: unknown, place: string): Row {
  if (!isFields(value)) throw new Error(`${place}: not an object`)
  const stranger = Object.keys(value).find((key) => !keys.has(key))
  if (stranger !== undefined) throw new Error(`${place}: unknown key "${stranger}"`)
  const text = (key: string): string => textOf(value, key, place)
  return {
    id: idOf(area, text('id'), place),
    area,
    title: text('title'),
    level: oneOf(levels, 'level', text('level'), place),
    tier: oneOf(tiers, 'tier', text('tier'), place),
    basis: text('basis'),
    statement: text('statement'),
    source: text('source'),
    ...optionalTexts(value, place),
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textOf(fields: Fields, key: string, place: string): string {
  const text = fields[key]
  if (typeof text !== 'string' || text.trim() === '') {
    throw new Error(`${place}: "${key}" is not a text with something in it`)
  }
  return text
}

function idOf(area: string, id: string, place: string): string {
  if (id.startsWith(`${area}-`) && /^\d{3}$/.test(id.slice(area.length + 1))) return id
  throw new Error(`${place}: the id "${id}" is not of the form ${area}-001`)
}

function oneOf<T extends string>(accepted: readonly T[], key: string, text: string, place: string): T {
  const found = accepted.find((each) => each === text)
  if (found === undefined) {
    throw new Error(`${place}: "${key}" is "${text}", accepted are ${accepted.join(', ')}`)
  }
  return found
}

function optionalTexts(fields: Fields, place: string): OptionalTexts {
  const texts: OptionalTexts = {}
  for (const key of optionalKeys) if (key in fields) texts[key] = textOf(fields, key, place)
  return texts
}
