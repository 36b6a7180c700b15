/** What an expression reads: `inputs`, `steps`, `github`, by dotted path. */
export type Context = Readonly<Record<string, unknown>>

/** Whether the steps so far have succeeded. */
export interface Status {
  readonly succeeded: boolean
}

const TOKEN = /'[^']*'|[\w.-]+(?:\(\))?|==|!=|&&|\|\||!|\(|\)/g

/**
 * Evaluates an expression of GitHub's workflow language: paths, strings, comparisons, `&&`, `||`, `!` and the functions
 * of status. Throws for anything else.
 */
export function evaluate(expression: string, context: Context, status: Status): unknown {
  const tokens = expression.match(TOKEN) ?? []
  if (tokens.join('') !== expression.replaceAll(/\s+(?=(?:[^']*'[^']*')*[^']*$)/g, ''))
    throw new Error(`the expression "${expression}" is not supported`)
  let at = 0
  const takes = (token: string): boolean => tokens[at] === token && ++at > 0
  const or = (): unknown => {
    let left = and()
    while (takes('||')) {
      const right = and()
      left = isTruthy(left) ? left : right
    }
    return left
  }
  const and = (): unknown => {
    let left = equality()
    while (takes('&&')) {
      const right = equality()
      left = isTruthy(left) ? right : left
    }
    return left
  }
  const equality = (): unknown => {
    const left = unary()
    if (takes('==')) return asText(left) === asText(unary())
    if (takes('!=')) return asText(left) !== asText(unary())
    return left
  }
  const unary = (): unknown => {
    if (takes('!')) return !isTruthy(unary())
    if (!takes('(')) return operand(tokens[at++] ?? '', context, status)
    const inner = or()
    if (!takes(')')) throw new Error(`the expression "${expression}" lacks a bracket`)
    return inner
  }
  const value = or()
  if (at < tokens.length) throw new Error(`the expression "${expression}" is not supported`)
  return value
}

function operand(token: string, context: Context, { succeeded }: Status): unknown {
  if (token.startsWith("'")) return token.slice(1, -1)
  switch (token) {
    case 'always()':
      return true
    case 'cancelled()':
      return false
    case 'success()':
      return succeeded
    case 'failure()':
      return !succeeded
    default:
      return token.split('.').reduce<unknown>((value, key) => Object(value)[key], context)
  }
}

const isTruthy = (value: unknown): boolean => value !== false && asText(value) !== ''

/** A path that leads nowhere is the empty text. */
const asText = (value: unknown): string => (value === undefined || value === null ? '' : String(value))

/** Whether the step is to run: without a function of status in its condition, only after steps that succeeded. */
export function isDue(condition: string | undefined, context: Context, status: Status): boolean {
  if (condition === undefined) return status.succeeded
  const hasStatus = /\b(?:always|cancelled|success|failure)\(\)/.test(condition)
  return (hasStatus || status.succeeded) && isTruthy(evaluate(condition, context, status))
}

/** Fills in each `${{ }}` of the text. */
export const interpolate = (text: string, context: Context, status: Status): string =>
  text.replaceAll(/\$\{\{(.*?)\}\}/g, (_, expression: string) =>
    asText(evaluate(expression.trim(), context, status)),
  )
