import type { FastifyInstance } from 'fastify'

/** All for which Fastify would parse a body. */
export const METHODS_WITH_BODY: readonly string[] = ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY']

/** For a path, the methods of its routes as `Allow` lists them, or undefined if there is no such path (CP-RT-040). */
export type AllowedMethods = (path: string) => string | undefined

/** Watches the routes that are added to `app` from now on. */
export function watchMethods(app: FastifyInstance): AllowedMethods {
  const methodsOf = new Map<string, Set<string>>()
  app.addHook('onRoute', ({ url, method }) => {
    const methods = methodsOf.get(url) ?? new Set()
    for (const one of [method].flat()) methods.add(one)
    methodsOf.set(url, methods)
  })
  return (path) => {
    for (const [pattern, methods] of methodsOf) {
      if (matches(pattern, path)) return [...methods].sort().join(', ')
    }
    return undefined
  }
}

/** A parameter, written `:name`, stands for one segment. */
function matches(pattern: string, path: string): boolean {
  const expected = pattern.split('/')
  const segments = path.split('/')
  return (
    expected.length === segments.length &&
    expected.every((segment, index) => segment.startsWith(':') || segment === segments[index])
  )
}
