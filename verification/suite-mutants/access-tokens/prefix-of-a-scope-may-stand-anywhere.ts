import { EVERYTHING } from '../../../reference-server/semantics/access/resource-set.ts'
import type { RulesDefect } from '../defect.ts'

export const prefixOfAScopeMayStandAnywhere: RulesDefect = {
  name: 'prefix-of-a-scope-may-stand-anywhere',
  seam: 'rules',
  where: 'tokens',
  kills: ['CP-TOK-030'],
  story: 'A scope covers the names of streams that hold its prefix somewhere.',
  apply: (rules, fired) => ({
    ...rules,
    permits(principal, operation, resources) {
      const { stream = '' } = resources
      const { scope } = principal
      const isInside = scope.streams.match === 'prefix' && stream.indexOf(scope.streams.prefix) > 0
      if (!isInside) return rules.permits(principal, operation, resources)
      return rules.permits(
        fired({ ...principal, scope: { ...scope, streams: EVERYTHING } }),
        operation,
        resources,
      )
    },
  }),
}
