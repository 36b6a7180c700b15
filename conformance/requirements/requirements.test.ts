import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { catalogue } from '../catalogue/catalogue.ts'
import type { Requirement } from '../check/requirement.ts'
import { requirements } from './index.ts'

const rows = new Map(catalogue.map((row) => [row.id, row]))

describe('the registered requirements', () => {
  test.each(requirements.map((requirement) => [requirement.id]))('%s is a row to be tested', (id) => {
    const row = rows.get(id)
    expect(row, 'a row of the catalogue').toBeDefined()
    expect(row?.excluded, 'excluded').toBeUndefined()
    expect(row?.sameAs, 'said elsewhere').toBeUndefined()
    expect(row?.tier, 'tier').not.toBe('background')
  })

  test('each stands once', () => {
    const ids = requirements.map(({ id }) => id)
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
  })

  test('no requirement of any file is forgotten', async () => {
    const written = (await Promise.all(files().map(requirementsIn))).flat()
    const registered = new Set(requirements)
    expect(written.filter((requirement) => !registered.has(requirement)).map(({ id }) => id)).toEqual([])
    expect(written.length).toBeGreaterThan(0)
  })
})

function files(): string[] {
  return readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.endsWith('index.ts'))
    .map((file) => join(import.meta.dirname, file))
}

async function requirementsIn(file: string): Promise<Requirement[]> {
  const module: Readonly<Record<string, unknown>> = await import(file)
  return Object.values(module).flat().filter(isRequirement)
}

const isRequirement = (value: unknown): value is Requirement =>
  typeof value === 'object' && value !== null && 'id' in value && 'check' in value
