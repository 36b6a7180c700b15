import type { Backend } from '../../backend/backend.ts'
import { type Credential, ROOT_CREDENTIAL } from '../../backend/credential.ts'
import { digestOf, isSameDigest } from '../../backend/secret.ts'
import { refuse } from '../../semantics/refusal.ts'
import { Refused } from '../errors.ts'

/** How a server finds out who asks. */
export interface AccessControl {
  /** From the header `authorization`. Refused as `authn`. */
  identify(authorization: string | undefined): Credential
}

/**
 * As s2-lite has it: the header is never looked at, and everybody may do everything (CP-RT-063). Tokens are issued, but
 * nothing that they say of what they permit has an effect.
 */
export const openAccess: AccessControl = { identify: () => ROOT_CREDENTIAL }

/** Asks for the root token, or one that was issued and holds (CP-RT-060, CP-RT-061). Only a digest of the root token is kept. */
export function requireTokens(
  rootToken: string,
  { authenticate }: Pick<Backend, 'authenticate'>,
): AccessControl {
  const root = digestOf(rootToken)
  return {
    identify(authorization = '') {
      const secret = BEARER.exec(authorization)?.[1]
      if (secret === undefined)
        throw notAuthenticated('the header authorization must be Bearer and an access token')
      if (isSameDigest(digestOf(secret), root)) return ROOT_CREDENTIAL
      const credential = authenticate(secret)
      // The same for all that do not hold: what became of a token is nobody's business without one.
      if (credential === undefined) throw notAuthenticated('this access token is not valid')
      return credential
    },
  }
}

/** 401 `authn`. */
export const notAuthenticated = (message: string): Refused => new Refused(refuse('authn', message))

/** What may stand in the header. */
export const isToken = (text: string): boolean => TOKEN.test(text)

/** Short ones can be guessed. */
const LEAST_ROOT_TOKEN = 16

export const isRootToken = (text: string): boolean => text.length >= LEAST_ROOT_TOKEN && isToken(text)

/** Of which a root token is made. */
export const ROOT_TOKEN_RULE: string = `at least ${LEAST_ROOT_TOKEN} letters, digits or any of -._~+/`

const TOKEN = /^[\w.~+/-]+=*$/
const BEARER = /^bearer +([\w.~+/-]+=*) *$/i
