import { describe, expect, test } from 'vitest'
import { ANOMALIES, type Anomaly } from '../../conformance/history/finding.ts'
import { compareJudges } from './agree.ts'

const FROM = 1

/** What the generator does not alter: timestamps; and what no perfect stream can be made to show by one alteration. */
const NOT_GENERATED: readonly Anomaly[] = ['timestamp-regression']

describe(`sweep and search, on the histories of seeds from ${FROM} on`, () => {
  const agreement = compareJudges(FROM, 10_000)

  test('agree', () => {
    expect(agreement.disagreements).toEqual([])
  })

  test('are asked about everything', () => {
    const { histories, disagreements: _, anomalies, ...counts } = agreement
    for (const [what, count] of Object.entries(counts)) expect(count, what).toBeGreaterThan(histories / 10)
    const named = new Set([...anomalies.keys(), ...NOT_GENERATED])
    expect(Object.keys(ANOMALIES).filter((anomaly) => !named.has(anomaly as Anomaly))).toEqual([])
  })
})
