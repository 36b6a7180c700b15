import { type Principal, ROOT } from '../semantics/access/access-token.ts'

/** Somebody who has shown who it is, for as long as that is true. */
export interface Credential {
  readonly principal: Principal
  /** False once it has expired or was revoked. */
  holds(): boolean
  /** Calls `ended` once it no longer holds, at once if that is now, unless the returned function is called before. */
  onEnd(ended: () => void): () => void
}

/** That of the owner, which never ends. */
export const ROOT_CREDENTIAL: Credential = {
  principal: ROOT,
  holds: () => true,
  onEnd: () => () => {},
}
