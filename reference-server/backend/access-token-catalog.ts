import { instantOf } from '../../proto/instant.ts'
import type { Instant } from '../../proto/types.ts'
import type { NewSecret } from '../environment.ts'
import type { AccessToken, Principal } from '../semantics/access/access-token.ts'
import { type ListRequest, type Page, pageLimit } from '../semantics/access/listing.ts'
import { isRefusal, type Refusal } from '../semantics/refusal.ts'
import type { TokenId } from '../semantics/resources/names.ts'
import { accessTokenKey, accessTokensRange } from '../store/keys.ts'
import { decodeAccessToken, encodeAccessToken, type StoredAccessToken } from '../store/stored-access-token.ts'
import { Changes } from './changes.ts'
import type { Context } from './context.ts'
import type { Credential } from './credential.ts'
import { KeyedMutex } from './keyed-mutex.ts'
import { accessTokenNotFound } from './refusals.ts'
import { digestOf, isSameDigest } from './secret.ts'
import { timerUntil } from './timer-until.ts'

/**
 * All access tokens, loaded when the server starts. A token is valid, and no longer valid, from the moment that is
 * durable: a crash brings neither a token back nor an answer that told of one.
 */
export class AccessTokenCatalog {
  readonly #context: Context
  readonly #newSecret: NewSecret
  readonly #lock: KeyedMutex = new KeyedMutex()
  readonly #byId: Map<TokenId, StoredAccessToken> = new Map()
  readonly #byDigest: Map<string, StoredAccessToken> = new Map()
  readonly #revoked: Changes = new Changes()
  #sweeping = false

  constructor(context: Context, newSecret: NewSecret) {
    this.#context = context
    this.#newSecret = newSecret
  }

  async load(): Promise<void> {
    for await (const { value } of this.#context.store.range(accessTokensRange('', ''))) {
      this.#add(decodeAccessToken(value))
    }
  }

  async list(request: ListRequest): Promise<Page<AccessToken>> {
    const { rules, store } = this.#context
    const listed: { readonly name: TokenId; readonly token: AccessToken }[] = []
    // The rule decides what is on the page: it is shown one id too many on either side.
    const most = pageLimit(request) + 2
    for await (const { value } of store.range(accessTokensRange(request.prefix, request.startAfter))) {
      const { digest: _, ...token } = decodeAccessToken(value)
      if (rules.isExpired(token, this.#now())) continue
      listed.push({ name: token.id, token })
      if (listed.length === most) break
    }
    const { items, hasMore } = rules.page(listed, request)
    return { items: items.map(({ token }) => token), hasMore }
  }

  /** The secret is told here and never again. */
  async issue(issuer: Principal, wanted: AccessToken): Promise<{ readonly secret: string } | Refusal> {
    const { rules, store } = this.#context
    return await this.#lock.run(wanted.id, async () => {
      const existing = this.#byId.get(wanted.id)
      const token = rules.issueAccessToken(issuer, wanted, existing, this.#now())
      if (isRefusal(token)) return token
      const secret = this.#newSecret()
      const stored = { ...token, digest: digestOf(secret) }
      await store.commit([{ type: 'put', key: accessTokenKey(token.id), value: encodeAccessToken(stored) }])
      if (existing !== undefined) this.#forget(existing)
      this.#add(stored)
      return { secret }
    })
  }

  async revoke(id: TokenId): Promise<Refusal | undefined> {
    return await this.#lock.run(id, async () => {
      const token = this.#byId.get(id)
      if (token === undefined || this.#context.rules.isExpired(token, this.#now()))
        return accessTokenNotFound()
      await this.#remove(token)
      return undefined
    })
  }

  /** Undefined for what is not the secret of a token that is valid now. */
  authenticate(secret: string): Credential | undefined {
    const digest = digestOf(secret)
    // Where the search ends tells of the digest only, from which nobody can come nearer to a secret.
    const token = this.#byDigest.get(digest)
    if (token === undefined || !isSameDigest(token.digest, digest)) return undefined
    return this.#isValid(token) ? this.#credential(token) : undefined
  }

  #credential(token: StoredAccessToken): Credential {
    const holds = (): boolean => this.#isValid(token)
    return {
      principal: token,
      holds,
      onEnd: (ended) => {
        const release = (): void => {
          unsubscribe()
          cancel()
        }
        const check = (): void => {
          if (holds()) return
          release()
          ended()
        }
        const unsubscribe = this.#revoked.subscribe(check)
        const { expiresAt } = token
        const cancel = expiresAt === undefined ? () => {} : timerUntil(this.#context.clock, expiresAt, check)
        check()
        return release
      },
    }
  }

  #isValid(token: StoredAccessToken): boolean {
    return this.#byId.get(token.id) === token && !this.#context.rules.isExpired(token, this.#now())
  }

  #now(): Instant {
    return instantOf(this.#context.clock.now())
  }

  #add(token: StoredAccessToken): void {
    this.#byId.set(token.id, token)
    this.#byDigest.set(token.digest, token)
    if (token.expiresAt !== undefined && !this.#sweeping) this.#sweepLater()
  }

  #forget(token: StoredAccessToken): void {
    this.#byDigest.delete(token.digest)
    if (this.#byId.get(token.id) === token) this.#byId.delete(token.id)
  }

  /** Inside the token's lock. */
  async #remove(token: StoredAccessToken): Promise<void> {
    await this.#context.store.commit([{ type: 'del', key: accessTokenKey(token.id) }])
    this.#forget(token)
    this.#revoked.fire()
  }

  /** What has expired is no token any more, but takes room. */
  #sweepLater(): void {
    this.#sweeping = true
    const { background, options } = this.#context
    background.after(options.expiredTokenSweep, async () => {
      this.#sweeping = false
      await this.#sweep()
    })
  }

  async #sweep(): Promise<void> {
    const { rules } = this.#context
    for (const token of [...this.#byId.values()]) {
      await this.#lock.run(token.id, async () => {
        if (this.#byId.get(token.id) === token && rules.isExpired(token, this.#now()))
          await this.#remove(token)
      })
    }
    const expiring = [...this.#byId.values()].some(({ expiresAt }) => expiresAt !== undefined)
    if (expiring && !this.#sweeping) this.#sweepLater()
  }
}
