const requests = new WeakMap<object, string>()

/** Ties an answer to the line of the request that brought it, so that a finding can name what was asked. */
export function rememberAsked<Value extends object>(answer: Value, request: string): Value {
  requests.set(answer, request)
  return answer
}

export const askedFor = (answer: object): string | undefined => requests.get(answer)
