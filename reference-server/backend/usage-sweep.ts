import { LONGEST_SPAN } from '../semantics/metrics/metrics-query.ts'
import type { Store, Write } from '../store/store.ts'
import { scopeOf, type UsageScope, usageAfter, usageRange } from '../store/usage-keys.ts'
import type { Services } from './services.ts'

export const DAY: number = 86_400

/** Usage is kept this long, in seconds: the longest range that can be asked for, and a day. */
const KEPT = LONGEST_SPAN + DAY

/** Removes usage that is too old to be asked for at `now`, a Unix time in seconds. */
export async function sweepUsage(
  { background, options, store }: Pick<Services, 'background' | 'options' | 'store'>,
  now: number,
): Promise<void> {
  const oldest = now - KEPT
  for await (const scope of usedScopes(store)) {
    let writes: Write[] = []
    for await (const { key } of store.range(usageRange(scope, 0, oldest))) {
      if (background.stopping) return
      writes.push({ type: 'del', key })
      if (writes.length < options.removedAtOnce) continue
      await store.commit(writes)
      writes = []
    }
    if (writes.length > 0) await store.commit(writes)
  }
}

/** Scopes that the store has usage of, one look for each; from each it goes on after what `within` makes of it. */
export async function* usedScopes(
  store: Store,
  within: (scope: UsageScope) => UsageScope = (scope) => scope,
): AsyncGenerator<UsageScope, void> {
  for (let found = await firstAfter(store, undefined); found !== undefined; ) {
    yield found
    found = await firstAfter(store, within(found))
  }
}

async function firstAfter(store: Store, scope: UsageScope | undefined): Promise<UsageScope | undefined> {
  for await (const { key } of store.range(usageAfter(scope))) return scopeOf(key)
  return undefined
}
