import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { catalogue, row, rowsOf } from './catalogue.ts'
import type { Level, Row, Tier } from './row.ts'

test('ids are unique, and ascend within an area', () => {
  const ids = catalogue.map((each) => each.id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const rows of Map.groupBy(catalogue, (each) => each.area).values()) {
    const own = rows.map((each) => each.id)
    expect(own).toEqual(own.toSorted())
  }
})

test('ids never change their meaning: a changed statement shows here, and is accepted with `vitest run -u` only if it says the same', async () => {
  const lines = catalogue.map((each) => `${each.id} ${digest(each.statement)}\n`)
  await expect(lines.join('')).toMatchFileSnapshot('./statements.snap')
})

test('statements are sentences', () => {
  expect(catalogue.filter((each) => !/^[A-Z`/0-9]|^(?:s2-lite|openapi|trim\()/.test(each.statement))).toEqual(
    [],
  )
  expect(catalogue.filter((each) => !each.statement.endsWith('.'))).toEqual([])
})

test('evidence is of a known kind, strongest first', () => {
  const kinds = 'spec docs go-matrix sdk-test sdk-src verification lite-test api-src lite-src derived'.split(
    ' ',
  )
  for (const { id, basis } of catalogue) {
    const own = basis.split(', ')
    expect(
      kinds.filter((kind) => own.includes(kind)),
      id,
    ).toEqual(own)
  }
})

test('every row that a row mentions is there', () => {
  const ids = new Set(catalogue.map((each) => each.id))
  for (const each of catalogue) {
    const mentioned = JSON.stringify(each).match(/\b(?:CP-)?[A-Z][A-Z0-9]+-\d{3}\b/g) ?? []
    expect(
      mentioned.filter((id) => !ids.has(id)),
      each.id,
    ).toEqual([])
  }
})

test('facts are background, and background rows need no reason to be left out', () => {
  expect(catalogue.filter((each) => each.level === 'fact' && each.tier !== 'background')).toEqual([])
  expect(rowsOf('background').filter((each) => each.excluded !== undefined)).toEqual([])
})

describe('sameAs', () => {
  const pairs = catalogue.flatMap((each) =>
    each.sameAs === undefined ? [] : [[each, row(each.sameAs)] as const],
  )

  test('points to a row that is its own', () => {
    expect(pairs.filter(([, target]) => target.sameAs !== undefined)).toEqual([])
  })

  test('points to a row that runs wherever this one would, and binds as much', () => {
    expect(
      pairs.filter(([from, to]) => !stricter(to, from)).map(([from, to]) => `${from.id} ${to.id}`),
    ).toEqual([])
  })

  test('is not said of a row that is excluded', () => {
    expect(pairs.filter(([from]) => from.excluded !== undefined)).toEqual([])
  })
})

test('a row is found by its id, as a plain object', () => {
  expect({ ...row('APP-013') }).toMatchObject({ id: 'APP-013', area: 'APP', level: 'MUST', tier: 'core' })
  expect(row('CP-BAS-001').area).toBe('CP-BAS')
})

test('an unknown id is named', () => {
  expect(() => row('APP-999')).toThrow('the catalogue has no row "APP-999"')
})

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}

/** The tiers of a target that are judged in every run in which a row of this tier would be. */
const judgedWith: Readonly<Record<Tier, readonly Tier[]>> = {
  core: ['core'],
  lite: ['core', 'lite'],
  hosted: ['core', 'hosted'],
  probe: ['core', 'lite', 'hosted', 'probe'],
  background: ['core', 'lite', 'hosted', 'probe', 'background'],
}

const weight: Readonly<Record<Level, number>> = { MUST: 3, SHOULD: 2, MAY: 1, fact: 0 }

function stricter(target: Row, than: Row): boolean {
  return judgedWith[than.tier].includes(target.tier) && weight[target.level] >= weight[than.level]
}
