import { comparable } from './comparable.ts'
import type { Example, ExampleExchange, Payload } from './example.ts'
import { keyOf } from './varying-rows.ts'

/**
 * Returns the first exchange that differs, as the committed example has it and as the run has it, or undefined if all are
 * equal. Lines that only one of them has begin with `>`.
 */
export function difference(committed: Example, actual: Example | undefined): string | undefined {
  const key = keyOf(committed)
  if (actual === undefined) return `${key}: the run has no example of this row\n`
  const wanted = comparable(committed)
  const found = comparable(actual)
  for (let index = 0; index < Math.max(wanted.length, found.length); index += 1) {
    const expected = linesOf(wanted[index])
    const lines = linesOf(found[index])
    if (expected.join('\n') === lines.join('\n')) continue
    return [
      `${key}, exchange ${index + 1} of ${wanted.length}`,
      '  expected, as committed:',
      ...marked(expected, lines),
      '  actual, of this run:',
      ...marked(lines, expected),
      '',
    ].join('\n')
  }
  return undefined
}

function marked(lines: readonly string[], others: readonly string[]): readonly string[] {
  return lines.map((line) => `${others.includes(line) ? '    ' : '  > '}${line}`)
}

function linesOf(exchange: ExampleExchange | undefined): readonly string[] {
  if (exchange === undefined) return ['(no exchange)']
  const { request, answer } = exchange
  const head = [`${request.method} ${request.path} HTTP/${request.http}`, ...headerLines(request.headers)]
  const sent = [...head, ...bodyLines(request.body)]
  if ('error' in answer) return [...sent, answer.error]
  return [...sent, `status ${answer.status}`, ...headerLines(answer.headers), ...bodyLines(answer.body)]
}

const headerLines = (headers: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .toSorted()

function bodyLines(body: Payload | undefined): readonly string[] {
  if (body === undefined) return []
  if (body.kind === 'text') {
    const { text, ...rest } = body
    return [...text.split('\n'), JSON.stringify(rest)]
  }
  if (body.kind !== 'frames') return [JSON.stringify(body)]
  const { frames, ...rest } = body
  return [...frames.map((frame) => JSON.stringify(frame)), JSON.stringify(rest)]
}
