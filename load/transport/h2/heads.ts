import type { UnaryRequest } from '../unary-answer.ts'
import { encodeHead } from './header-block.ts'

/** Those that asked with the same headers ask mostly for the same: their heads are encoded once. */
export function createHeads(
  origin: string,
): (request: Pick<UnaryRequest, 'method' | 'path' | 'headers'>) => Buffer {
  const { protocol, host: authority } = new URL(origin)
  const scheme = protocol === 'https:' ? 'https' : 'http'
  const known = new WeakMap<UnaryRequest['headers'], Map<string, Buffer>>()
  return ({ method, path, headers }) => {
    const ofHeaders = known.get(headers) ?? new Map<string, Buffer>()
    known.set(headers, ofHeaders)
    const key = `${method} ${path}`
    const head = ofHeaders.get(key) ?? encodeHead({ method, scheme, authority, path, headers })
    ofHeaders.set(key, head)
    return head
  }
}
