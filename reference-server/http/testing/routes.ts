import Fastify, { type FastifyInstance } from 'fastify'
import type { Operation } from '../../semantics/access/operation.ts'
import { api } from '../app.ts'
import { testServices } from './test-app.ts'

export interface Route {
  readonly method: string
  /** As it is registered: `/basins/:basin`. */
  readonly path: string
  readonly operations: readonly Operation[]
}

/** Every route of the API that there is, in the order in which they are added; and what `more` adds. */
export function allRoutes(more: (app: FastifyInstance) => void = () => {}): readonly Route[] {
  const routes: Route[] = []
  const app = Fastify()
  app.addHook('onRoute', ({ method, url, config }) => {
    for (const one of [method].flat())
      routes.push({ method: one, path: url, operations: config?.operations ?? [] })
  })
  api(app, testServices({}).services)
  more(app)
  return routes
}
