import { bodies, configs } from './corpus-configs.ts'
import { appends, reads } from './corpus-records.ts'
import { headers, listings, paths } from './corpus-routes.ts'
import type { Request } from './request.ts'

/**
 * In this order: later requests meet what earlier ones made. Left out is what is known to differ, and why ours does not do
 * as s2-lite 0.43.4: it takes an array for an object, as its parser does (`[]` as a PATCH, `{"mode":{"arrival":null}}`); skips
 * in keys that it does not know what is no text (`"\ud800"`) or nested without end; reads escapes in a path or a listing that
 * are none (`%zz`, `%FF`) as if they were text; and answers `/v1/streams//records` as a stream without a name. What is
 * compared is whole, so neither are deletions, whose length is open, nor access tokens, metrics and locations, which s2-lite
 * does not have.
 */
export const corpus: readonly Request[] = [
  ...configs(),
  ...bodies(),
  ...listings(),
  ...paths(),
  ...headers(),
  ...appends(),
  ...reads(),
]
