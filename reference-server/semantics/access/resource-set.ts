/** Which basins, streams or access tokens a scope covers (CP-TOK-030). The empty prefix covers them all. */
export type ResourceSet =
  | { readonly match: 'none' }
  | { readonly match: 'exact'; readonly name: string }
  | { readonly match: 'prefix'; readonly prefix: string }

export const NOTHING: ResourceSet = { match: 'none' }
export const EVERYTHING: ResourceSet = { match: 'prefix', prefix: '' }

export function includes(set: ResourceSet, name: string): boolean {
  switch (set.match) {
    case 'none':
      return false
    case 'exact':
      return name === set.name
    case 'prefix':
      return name.startsWith(set.prefix)
  }
}

/**
 * Whether `outer` includes all that `inner` does, whatever names there are: the prefix `a` is no subset of the name `a`, even
 * where nothing else begins with `a` (CP-TOK-014).
 */
export function isSubset(inner: ResourceSet, outer: ResourceSet): boolean {
  switch (inner.match) {
    case 'none':
      return true
    case 'exact':
      return includes(outer, inner.name)
    case 'prefix':
      return outer.match === 'prefix' && inner.prefix.startsWith(outer.prefix)
  }
}
