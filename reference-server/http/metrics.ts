import type { FastifyInstance, FastifyRequest } from 'fastify'
import { notImplemented } from './errors.ts'
import { callerOf, operation } from './operation.ts'
import { basinInPath, nameOf, streamInPath } from './path.ts'
import { badQuery, choice, parseQuery, u32 } from './query.ts'
import type { Services } from './services.ts'

/** `/metrics`, of the account, a basin or a stream; only as far as a request can be wrong (CP-MET-001). */
export function metrics(app: FastifyInstance, { rules }: Services): void {
  app.get('/metrics', operation('account-metrics'), async (request) => {
    checkMetricsQuery(request, ACCOUNT_SETS)
    throw notImplemented('metrics')
  })

  app.get('/metrics/:basin', operation('basin-metrics'), async (request) => {
    callerOf(request).basin(basinInPath(request, rules))
    checkMetricsQuery(request, BASIN_SETS)
    throw notImplemented('metrics')
  })

  app.get('/metrics/:basin/:stream', operation('stream-metrics'), async (request) => {
    const basin = basinInPath(request, rules)
    nameOf(callerOf(request).stream(basin, streamInPath(request, rules)))
    checkMetricsQuery(request, STREAM_SETS)
    throw notImplemented('metrics')
  })
}

/** CP-MET-010 to CP-MET-012. */
const ACCOUNT_SETS = ['active-basins', 'account-ops']
const BASIN_SETS = ['storage', 'append-ops', 'read-ops', 'read-throughput', 'append-throughput', 'basin-ops']
const STREAM_SETS = ['storage']

/** CP-MET-013: the set is required; whether the times make sense is not asked yet. */
function checkMetricsQuery(request: FastifyRequest, sets: readonly string[]): void {
  const query = parseQuery(request, ['set', 'start', 'end', 'interval'])
  if (choice(query, 'set', sets) === undefined) throw badQuery('set', 'is missing')
  u32(query, 'start')
  u32(query, 'end')
  choice(query, 'interval', ['minute', 'hour', 'day'])
}
