import type { Answer } from '../../../client/answer.ts'
import { listQuery } from '../../../client/clients/parts.ts'
import type { ListQuery } from '../../../client/config-bodies.ts'
import { accessTokenPath } from '../../../proto/http.ts'
import type { CheckContext } from '../../check/context.ts'
import { member } from '../members.ts'

export type ResourceSetBody = { readonly exact: string } | { readonly prefix: string } | null

export interface ScopeBody {
  readonly basins?: ResourceSetBody
  readonly streams?: ResourceSetBody
  readonly access_tokens?: ResourceSetBody
  readonly op_groups?: object
  readonly ops?: readonly string[]
}

export interface IssueOptions {
  /** Instead of a fresh one. */
  readonly id?: string
  readonly expires_at?: string | null
  readonly auto_prefix_streams?: boolean | null
}

/** A token that was issued, and the header by which a request is its holder's. */
export interface Issued {
  readonly id: string
  readonly secret: string
  readonly bearer: Bearer
}

export interface Bearer {
  readonly headers: { readonly authorization: string }
}

/** Issues a token as the run, or as the holder of another token, and makes sure that a secret came. */
export async function issue(
  context: CheckContext,
  scope: ScopeBody,
  options: IssueOptions = {},
  issuer?: Bearer,
): Promise<Issued> {
  const id = options.id ?? freshId(context)
  const value = context.expect.ok(await askFor(context, { ...options, id, scope }, issuer), 201)
  const secret = member(value, 'access_token')
  if (typeof secret !== 'string' || secret === '') {
    context.expect.that(false, 'access_token is a text with something in it', value)
    throw new Error('unreachable')
  }
  return { id, secret, bearer: { headers: { authorization: `Bearer ${secret}` } } }
}

/** Sends an issue request with this body, and lets it be refused. */
export const askFor = (
  { account }: Pick<CheckContext, 'account'>,
  body: object,
  issuer?: Bearer,
): Promise<Answer<unknown>> =>
  account.raw({ method: 'POST', path: '/access-tokens', body: JSON.stringify(body), ...issuer })

export const revoke = (
  { account }: Pick<CheckContext, 'account'>,
  id: string,
  by?: Bearer,
): Promise<Answer<unknown>> => account.raw({ method: 'DELETE', path: accessTokenPath(id), ...by })

export const freshId = ({ newTokenIds }: Pick<CheckContext, 'newTokenIds'>): string =>
  newTokenIds('')[0] ?? ''

/** A page of the listing of tokens, its entries as they came. */
export interface TokenPage {
  readonly tokens: readonly unknown[]
  readonly hasMore: unknown
}

export async function listTokens(
  { account, expect }: Pick<CheckContext, 'account' | 'expect'>,
  query: ListQuery,
): Promise<TokenPage> {
  const page = expect.ok(await account.raw({ method: 'GET', path: `/access-tokens${listQuery(query)}` }))
  const tokens = member(page, 'access_tokens')
  if (Array.isArray(tokens)) {
    return {
      tokens,
      get hasMore() {
        return member(page, 'has_more')
      },
    }
  }
  expect.that(false, 'access_tokens is an array', page)
  return { tokens: [], hasMore: undefined }
}

export const idsOf = ({ tokens }: TokenPage): readonly unknown[] => tokens.map((token) => member(token, 'id'))

/** The entry of that id in the listing, once it is there. */
export const tokenInfo = (context: CheckContext, id: string): Promise<unknown> =>
  context.eventually(`the token ${id} is listed`, 30, () => findToken(context, id))

/** The entry of that id, if the listing has it. */
export async function findToken(
  context: Pick<CheckContext, 'account' | 'expect'>,
  id: string,
): Promise<unknown> {
  const { tokens } = await listTokens(context, { prefix: id, limit: 1 })
  context.expect.that(tokens.length <= 1, 'at most one token on a page of one', tokens.length)
  return tokens.find((token) => member(token, 'id') === id)
}

/** The listing does not have that id: nothing was issued. */
export async function expectNotIssued(context: CheckContext, id: string): Promise<void> {
  context.expect.equal(await findToken(context, id), undefined, `an entry of the token ${id}`)
}
