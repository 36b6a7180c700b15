import { type Markup, markup } from '../../markup.ts'

type Fact = readonly [name: string, value: string]

export const facts = (list: readonly Fact[]): Markup =>
  markup`<dl class="facts">${list.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`

/** The leaves of a value of JSON with the ways that lead there: `appends batch least`. */
export function leavesOf(value: unknown, path: readonly string[] = []): readonly Fact[] {
  if (typeof value !== 'object' || value === null) return [[path.join(' '), String(value)]]
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]))
}
