import type { FastifyRequest } from 'fastify'
import type { ReadOutput } from '../../backend/backend.ts'
import { refuse } from '../../semantics/refusal.ts'
import { accepted } from '../errors.ts'
import { cutByFault } from '../hooks/inject-faults.ts'
import { callerOf } from '../hooks/operation.ts'
import type { Services } from '../services.ts'
import type { ReadRequest } from './read-query.ts'

/**
 * What the backend delivers, until the client leaves (`gone`) or its token expires or is revoked: then the read ends at once, with the
 * refusal `authn`, as a token that is not valid must not go on delivering (CP-TOK-016, CP-TOK-022).
 */
export async function openRead(
  request: FastifyRequest,
  { address, start, end, key }: ReadRequest,
  gone: AbortSignal,
  { backend, faults }: Services,
): Promise<AsyncIterable<ReadOutput>> {
  const { credential } = callerOf(request)
  const ended = new AbortController()
  const release = credential.onEnd(() => ended.abort())
  try {
    const either = AbortSignal.any([gone, ended.signal])
    const isOver = (): boolean => ended.signal.aborted || !credential.holds()
    const outputs = until(isOver, accepted(await backend.openRead(address, start, end, either, key)), release)
    return faults === undefined ? outputs : cutByFault(outputs, request, gone, faults)
  } catch (error) {
    release()
    throw error
  }
}

/** Asks before each output, heartbeats among them: where the clock is set forward, no timer fires sooner. */
async function* until(
  isOver: () => boolean,
  outputs: AsyncIterable<ReadOutput>,
  release: () => void,
): AsyncGenerator<ReadOutput, void, undefined> {
  try {
    for await (const output of outputs) {
      if (isOver()) break
      yield output
    }
    if (isOver())
      yield { kind: 'refused', refusal: refuse('authn', 'this access token is not valid any more') }
  } finally {
    release()
  }
}
