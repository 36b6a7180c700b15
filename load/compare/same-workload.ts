import type { LoadResult } from '../../reports/load/result.ts'

/** What differs between two workloads that are not the same; undefined for none. Names and seeds are no part of a load. */
export function whatDiffers(one: LoadResult['workload'], other: LoadResult['workload']): string | undefined {
  const [before, after] = [leavesOf(one), leavesOf(other)]
  const path = [...new Set([...before.keys(), ...after.keys()])].find(
    (each) => before.get(each) !== after.get(each),
  )
  return path === undefined
    ? undefined
    : `${path} is ${before.get(path) ?? 'not there'} in one and ${after.get(path) ?? 'not there'} in the other`
}

const LEFT_OUT = new Set(['name', 'seed'])

/** Each value by the way to it: `appends.batch.most`. */
function leavesOf(value: object, above = ''): ReadonlyMap<string, string> {
  const leaves = new Map<string, string>()
  for (const [key, each] of Object.entries(value) as [string, unknown][]) {
    const path = `${above}${key}`
    if (LEFT_OUT.has(path)) continue
    if (typeof each === 'object' && each !== null)
      for (const [inner, text] of leavesOf(each, `${path}.`)) leaves.set(inner, text)
    else if (each !== undefined) leaves.set(path, JSON.stringify(each))
  }
  return leaves
}
