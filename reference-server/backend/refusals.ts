import { type Refusal, refuse } from '../semantics/refusal.ts'

export const accessTokenNotFound = (): Refusal =>
  refuse('access_token_not_found', 'there is no access token of this id')

/** What is under way when the server stops; nothing of it has been done. */
export const draining = (): Refusal => refuse('server_draining', 'the server is shutting down')
