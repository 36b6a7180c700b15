import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Capability } from '../../client/capability.ts'
import { requirements } from '../../conformance/requirements/index.ts'
import { wire } from '../../reference-server/http/wire.ts'
import { rules } from '../../reference-server/semantics/rules.ts'
import { openMemoryStore } from '../../reference-server/store/memory.ts'
import { canary } from './canary.ts'
import { CROSS_SECTION } from './command.ts'
import type { Seams } from './defect.ts'
import { countFirings } from './fired.ts'
import { defects, defectsByArea } from './index.ts'
import { breakSeam } from './server.ts'
import { settingOf } from './try-all.ts'

const registered = new Map(requirements.map((requirement) => [requirement.id, requirement]))
/** What stands beside the defects of an area. */
const HELPERS = ['alike-tokens.ts', 'index.ts', 'live-records.ts', 'recalled.ts', 'restamped.ts']

/** What the reference server always serves: no row with these needs is left out. */
const SERVED: readonly Capability[] = ['basins', 'encryption', 'access-tokens', 'metrics']

/** And on a server of another kind, on which a defect may be tried. */
const SERVED_THERE: Readonly<Record<string, readonly Capability[]>> = {
  memory: [],
  disk: ['restart', 'http2'],
  tokens: ['authentication'],
  storage: ['storage', 'restart'],
}

const healthy: Seams = { rules, wire, store: await openMemoryStore() }

test('every defect has a file of its own in the folder of its area, and each file stands in the list', () => {
  const areas = readdirSync(import.meta.dirname, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'testing')
    .map(({ name }) => name)
  const files = areas.map((area): [string, readonly string[]] => {
    const all = readdirSync(join(import.meta.dirname, area))
    return [area, all.filter((file) => !file.endsWith('.test.ts') && !HELPERS.includes(file)).toSorted()]
  })
  const listed = Object.entries(defectsByArea).map(([area, all]): [string, readonly string[]] => [
    area,
    all.map(({ name }) => `${name}.ts`).toSorted(),
  ])
  expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(files))
})

test('there are a hundred defects, a quarter of them where few look', () => {
  expect(defects.length).toBeGreaterThanOrEqual(100)
  expect(defects.filter(({ only }) => only !== undefined).length).toBeGreaterThanOrEqual(25)
})

test('the cross-section is registered', () => {
  expect(CROSS_SECTION.filter((id) => !registered.has(id))).toEqual([])
})

describe.each([canary, ...defects].map((defect) => [defect.name, defect] as const))('%s', (_, defect) => {
  test('is claimed by requirements that are run without a wish', () => {
    for (const id of defect.kills) {
      expect(registered.get(id)?.id).toBe(id)
      // A row that a capability may take away would take its claim with it; the reference server has these.
      const served = [...SERVED, ...(SERVED_THERE[settingOf(defect) ?? 'memory'] ?? [])]
      const needs = registered.get(id)?.needs.filter((need) => !served.includes(need))
      expect(needs).toEqual([])
    }
    expect(new Set(defect.kills).size).toBe(defect.kills.length)
  })

  test('has a story of one sentence', () => {
    expect(defect.story).toMatch(/^[A-Z][^.!?]*\.$/)
  })

  test('leaves the healthy parts as they were, and fires only when it is asked', () => {
    const before = { rules: { ...rules }, wire: { ...wire }, store: { ...healthy.store } }
    const { fired, count } = countFirings()
    const broken = breakSeam(healthy, defect, fired)
    expect({ ...rules }).toEqual(before.rules)
    expect({ ...wire }).toEqual(before.wire)
    expect(broken[defect.seam]).not.toBe(healthy[defect.seam])
    for (const seam of ['rules', 'store', 'wire'] as const) {
      if (seam !== defect.seam) expect(broken[seam]).toBe(healthy[seam])
    }
    expect(count()).toBe(0)
  })
})
