import type { CheckContext } from '../../check/context.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { BAD_QUERY } from '../malformed.ts'
import { BASIN_SETS, expectServed, getMetrics, type MetricsQuery } from './metric.ts'
import { serverSeconds } from './usage.ts'

const NEEDS = ['metrics'] as const

const INVALID = [422, 'invalid'] as const

export const parametersRows: readonly Requirement[] = [
  requirement('CP-MET-010', 'Account metrics', { needs: NEEDS }, async (context) => {
    const range = await lastHour(context)
    await expectSets(context, '', ['active-basins', 'account-ops'], ['storage', 'append-ops', 'Account-ops'])
    // Newer than the catalogue: in dollars, and of the account alone. Nothing is asked of it but to be one or the other.
    const newer = await getMetrics(context, '', { set: 'estimated-billable-usage', ...range })
    context.record(`estimated-billable-usage: ${newer.status} ${newer.error?.code ?? 'served'}`)
  }),

  requirement('CP-MET-011', 'Basin metrics', { needs: NEEDS }, async (context) => {
    const path = `/${context.basin.name}`
    await expectSets(context, path, BASIN_SETS, ['active-basins', 'account-ops', 'append_ops'])
  }),

  requirement('CP-MET-012', 'Stream metrics', { needs: NEEDS }, async (context) => {
    const { name } = await context.newStream()
    const path = `/${context.basin.name}/${name}`
    await expectSets(context, path, ['storage'], ['append-ops', 'read-ops', 'account-ops'])
  }),

  requirement('CP-MET-013', 'Parameters', { needs: NEEDS }, async (context) => {
    const { basin, newStream, expect } = context
    const { name } = await newStream()
    const range = await lastHour(context)
    for (const [path, set, interval] of [
      ['', 'account-ops', 'hour'],
      [`/${basin.name}`, 'append-ops', 'minute'],
      [`/${basin.name}/${name}`, 'storage', 'minute'],
    ] as const) {
      expectServed(expect, await getMetrics(context, path, { set, ...range, interval }))
      for (const wrong of [
        { ...range },
        { set, ...range, interval: 'week' },
        { set, ...range, interval: 'Hour' },
        { set, ...range, start: -1 },
        { set, ...range, start: '1.5' },
        { set, ...range, start: 'now' },
        { set, ...range, end: 4_294_967_296 },
      ]) {
        expect.refusedAs(await getMetrics(context, path, wrong), BAD_QUERY)
      }
    }
  }),

  requirement('CP-MET-014', '`start` and `end` are needed', { needs: NEEDS }, async (context) => {
    const { start, end } = await lastHour(context)
    for (const [path, set] of await everySet(context)) {
      for (const range of [{}, { start }, { end }]) {
        context.expect.refused(await getMetrics(context, path, { set, ...range }), ...INVALID)
      }
    }
  }),

  requirement('CP-MET-015', '`start` after `end`', { needs: NEEDS }, async (context) => {
    const { start, end } = await lastHour(context)
    for (const [path, set] of await everySet(context)) {
      const crossed = { set, start: end, end: start }
      context.expect.refused(await getMetrics(context, path, crossed), ...INVALID)
      expectServed(context.expect, await getMetrics(context, path, { set, start, end: start }))
    }
  }),

  requirement('CP-MET-016', '`end` in the future', { needs: NEEDS }, async (context) => {
    const { start, end } = await lastHour(context)
    for (const [path, set] of await everySet(context)) {
      const ahead = { set, start, end: end + 600 }
      context.expect.refused(await getMetrics(context, path, ahead), ...INVALID)
      expectServed(context.expect, await getMetrics(context, path, { set, start, end }))
    }
  }),

  requirement('CP-MET-017', 'Span limit', { needs: NEEDS }, async (context) => {
    const { expect, record } = context
    const { end } = await lastHour(context)
    for (const [path, set] of await everySet(context)) {
      const span = (days: number) => getMetrics(context, path, { set, start: end - days * DAY, end })
      expectServed(expect, await span(30))
      expect.refused(await span(91), ...INVALID)
      // Newer code of S2 says 90 days at most, tests of its SDKs see 40 refused.
      const between = await span(40)
      if (between.status === 200) expectServed(expect, between)
      else expect.refused(between, ...INVALID)
      record(`40 days: ${between.status}`)
    }
  }),

  requirement('CP-MET-019', 'Interval constraints', { needs: NEEDS }, async (context) => {
    const range = await lastHour(context)
    for (const [path, set] of await everySet(context)) {
      if (set === 'active-basins') continue
      const isOfStream = path.split('/').length === 3
      const only = set === 'storage' ? (isOfStream ? 'minute' : 'hour') : undefined
      const [allowed, refused] = isOfStream ? ['minute', 'hour'] : ['hour', 'minute']
      for (const interval of ['minute', 'hour', 'day']) {
        const answer = await getMetrics(context, path, { set, ...range, interval })
        if (only === undefined || interval === allowed) expectServed(context.expect, answer)
        else if (interval === refused) context.expect.refused(answer, ...INVALID)
        else context.record(`${set} by the ${interval}: ${answer.status}`)
      }
    }
  }),
]

const DAY = 86_400

/** The hour up to now, on the target's clock. */
async function lastHour(context: CheckContext): Promise<{ readonly start: number; readonly end: number }> {
  const end = await serverSeconds(context)
  return { start: end - 3600, end }
}

/** Each set is answered with metrics, and each of the others is none. */
async function expectSets(
  context: CheckContext,
  path: string,
  sets: readonly string[],
  others: readonly string[],
): Promise<void> {
  const range: MetricsQuery = await lastHour(context)
  for (const set of sets) expectServed(context.expect, await getMetrics(context, path, { set, ...range }))
  for (const set of ['', 'nonsense', ...others]) {
    context.expect.refusedAs(await getMetrics(context, path, { set, ...range }), BAD_QUERY)
  }
}

/** Every set, with the path that it is asked at. */
async function everySet(context: CheckContext): Promise<readonly (readonly [path: string, set: string])[]> {
  const { basin, newStream } = context
  const { name } = await newStream()
  return [
    ['', 'active-basins'],
    ['', 'account-ops'],
    ...BASIN_SETS.map((set) => [`/${basin.name}`, set] as const),
    [`/${basin.name}/${name}`, 'storage'],
  ]
}
