import type { RawRequest } from '../../client/raw.ts'
import type { CheckContext } from '../check/context.ts'

export type Ask = RawRequest & { readonly code: string }

/** What is not implemented says so with 501, after all that can be wrong with the request, which is 400. */
export async function expectAll({ account, expect }: CheckContext, asks: readonly Ask[]): Promise<void> {
  for (const { code, ...request } of asks) {
    expect.refused(await account.raw(request), code === 'not_implemented' ? 501 : 400, code)
  }
}
