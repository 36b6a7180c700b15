import type { ExampleExchange } from './example.ts'

export const MAX_OF_A_KIND: number = 2
const MAX_EXCHANGES = 6

/**
 * The exchanges worth reading: of those that differ only in values, the first two; six in all. A poll that took longer in
 * one run than in another is the same example.
 */
export function condense(exchanges: readonly ExampleExchange[]): readonly ExampleExchange[] {
  const seen = new Map<string, number>()
  const chosen = exchanges.filter((exchange) => {
    const kind = kindOf(exchange)
    const count = (seen.get(kind) ?? 0) + 1
    seen.set(kind, count)
    return count <= MAX_OF_A_KIND
  })
  return chosen.slice(0, MAX_EXCHANGES)
}

/** Names exchanges that differ only in values. */
export function kindOf({ request, answer }: ExampleExchange): string {
  const [path = '', query = ''] = request.path.split('?')
  const parameters = [...new URLSearchParams(query).keys()].toSorted()
  const outcome = 'error' in answer ? ['no answer'] : [answer.status, answer.body?.kind, codeOf(answer.body)]
  return [
    request.method,
    path.replaceAll(/(my-basin|example-\d+)/g, 'NAME'),
    ...parameters,
    request.body?.kind,
    ...outcome,
  ].join(' ')
}

function codeOf(body: { readonly kind: string; readonly text?: string } | undefined): string | undefined {
  return /"code":\s*"(\w+)"/.exec(body?.text ?? '')?.[1]
}
