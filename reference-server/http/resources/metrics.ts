import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Metric } from '../../semantics/metrics/metric-sets.ts'
import {
  ACCOUNT_SETS,
  BASIN_SETS,
  type Interval,
  type MetricsRange,
  type SetIntervals,
  STREAM_SETS,
} from '../../semantics/metrics/metrics-query.ts'
import { sendJson } from '../bodies/answer.ts'
import { accepted } from '../errors.ts'
import { callerOf, operation } from '../hooks/operation.ts'
import { readValue } from '../requests/malformed-value.ts'
import { basinInPath, nameOf, streamInPath } from '../requests/path.ts'
import { badQuery, choice, parseQuery, u32 } from '../requests/query.ts'
import type { Services } from '../services.ts'

/** `/metrics`, of the account, a basin or a stream (CP-MET-010 to CP-MET-013). */
export function metrics(app: FastifyInstance, services: Services): void {
  const { backend, rules } = services

  app.get('/metrics', operation('account-metrics'), async (request, reply) => {
    const { set, range } = parseMetrics(request, ACCOUNT_SETS, services)
    return sendMetrics(reply, accepted(await backend.accountMetrics(set, range)))
  })

  app.get('/metrics/:basin', operation('basin-metrics'), async (request, reply) => {
    const basin = callerOf(request).basin(basinInPath(request, rules))
    const { set, range } = parseMetrics(request, BASIN_SETS, services)
    return sendMetrics(reply, accepted(await backend.basinMetrics(basin, set, range)))
  })

  app.get('/metrics/:basin/:stream', operation('stream-metrics'), async (request, reply) => {
    const basin = basinInPath(request, rules)
    const address = nameOf(callerOf(request).stream(basin, streamInPath(request, rules)))
    const { set, range } = parseMetrics(request, STREAM_SETS, services)
    return sendMetrics(reply, accepted(await backend.streamMetrics(address, set, range)))
  })
}

/** What is malformed is `bad_query`, what makes no sense `invalid` (CP-MET-013 to CP-MET-020). */
function parseMetrics<Set extends string>(
  request: FastifyRequest,
  sets: Readonly<Record<Set, SetIntervals>>,
  { rules, clock }: Services,
): { readonly set: Set; readonly range: MetricsRange } {
  const query = parseQuery(request, ['set', 'start', 'end', 'interval'])
  const set = readValue(rules.flavor, () => choice(query, 'set', namesOf(sets)))
  if (set === undefined) throw badQuery('set', 'is missing')
  const asked = {
    start: u32(query, 'start'),
    end: u32(query, 'end'),
    interval: choice(query, 'interval', INTERVALS),
  }
  const now = Math.floor(Number(clock.now()) / 1000)
  return { set, range: accepted(rules.resolveMetricsQuery(sets[set], asked, now)) }
}

const INTERVALS: readonly Interval[] = ['minute', 'hour', 'day']

function namesOf<Set extends string>(sets: Readonly<Record<Set, SetIntervals>>): readonly Set[] {
  return Object.keys(sets).filter((name): name is Set => Object.hasOwn(sets, name))
}

/** CP-MET-030. */
const sendMetrics = (reply: FastifyReply, values: readonly Metric[]): FastifyReply =>
  sendJson(reply, { values })
