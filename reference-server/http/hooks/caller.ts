import type { StreamAddress, StreamInfo } from '../../backend/backend.ts'
import type { Credential } from '../../backend/credential.ts'
import type { ListRequest } from '../../semantics/access/listing.ts'
import type { Operation } from '../../semantics/access/operation.ts'
import { permissionDenied, type Resources } from '../../semantics/access/permission.ts'
import type { Batch } from '../../semantics/batch/batch.ts'
import type { BasinName, Named, StreamName, TokenId } from '../../semantics/resources/names.ts'
import type { Rules } from '../../semantics/rules.ts'
import { Refused } from '../errors.ts'
import { notAuthenticated } from './access-control.ts'

/**
 * Who asks, for as long as the request lasts, and the operations of its route. A name becomes a resource here, and nowhere
 * else. All throw `Refused`: `authn` once the token does not hold any more, `permission_denied` for what it does not permit.
 */
export class Caller {
  readonly credential: Credential
  readonly #operations: readonly Operation[]
  readonly #rules: Rules

  constructor(credential: Credential, operations: readonly Operation[], rules: Rules) {
    this.credential = credential
    this.#operations = operations
    this.#rules = rules
  }

  /** The route itself; where it touches nothing, that is all. */
  check(resources: Resources = {}, operations: readonly Operation[] = this.#operations): void {
    const { credential } = this
    if (!credential.holds()) throw notAuthenticated('this access token is not valid any more')
    for (const operation of operations) {
      if (this.#rules.permits(credential.principal, operation, resources)) continue
      throw new Refused(permissionDenied(operation))
    }
  }

  basin(name: BasinName): BasinName {
    this.check({ basin: name })
    return name
  }

  /** `name` is the stream as the caller knows it. Misnamed if it is too long with the caller's prefix. */
  stream(basin: BasinName, name: StreamName): Named<StreamAddress> {
    const named = this.#rules.addPrefix(this.credential.principal, name)
    if ('misnamed' in named) return named
    this.check({ basin, stream: named.name })
    return { name: { basin, stream: named.name } }
  }

  accessToken(id: TokenId): TokenId {
    this.check({ accessToken: id })
    return id
  }

  /** Commands need more than the route says. */
  append(batch: Batch): Batch {
    this.check({}, this.#rules.operationsOf(batch))
    return batch
  }

  listBasins(request: ListRequest): ListRequest {
    return this.#rules.narrowListing(request, this.credential.principal.scope.basins)
  }

  listStreams(request: ListRequest): ListRequest {
    const { principal } = this.credential
    const whole = this.#rules.addListingPrefix(principal, request)
    return this.#rules.narrowListing(whole, principal.scope.streams)
  }

  listAccessTokens(request: ListRequest): ListRequest {
    return this.#rules.narrowListing(request, this.credential.principal.scope.accessTokens)
  }

  /** A stream as the caller is told of it. */
  told(info: StreamInfo): StreamInfo {
    return { ...info, name: this.#rules.removePrefix(this.credential.principal, info.name) }
  }
}
