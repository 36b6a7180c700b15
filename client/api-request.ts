import type { Spelling } from './wire/spelling.ts'

/** A request of the API before the endpoint, the token and the basin are added to it. */
export interface ApiRequest {
  readonly method: string
  /** After the endpoint's prefix; sent as it is. */
  readonly path: string
  /** To the endpoint of this basin; absent, to that of the account. */
  readonly basin?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  readonly http?: '1.1' | '2'
  readonly without?: readonly string[]
  readonly prefix?: string
  /** An answer 429 stands: nothing is sent again. */
  readonly impatient?: true
  readonly spelling?: Spelling
}
