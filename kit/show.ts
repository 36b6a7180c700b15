const MAX_CHARACTERS = 300
const MAX_BYTES_SHOWN = 64

/** One line for a report: JSON-like, bytes as text or hex, `bigint`s bare, cut where it grows long. */
export function show(value: unknown): string {
  const text = render(value)
  return text.length <= MAX_CHARACTERS
    ? text
    : `${text.slice(0, MAX_CHARACTERS)}… (${text.length} characters)`
}

/** Bytes as quoted text when they are printable UTF-8, else as hex. */
export function showBytes(bytes: Uint8Array, limit: number = MAX_BYTES_SHOWN): string {
  const text = printable(bytes, limit)
  const shown = text === undefined ? `0x${toHex(bytes.subarray(0, limit))}` : JSON.stringify(text)
  return bytes.length <= limit ? shown : `${shown}… (${bytes.length} bytes)`
}

export const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** The text of the first `limit` bytes, or undefined when they are not UTF-8 or hold control characters. */
export function printable(bytes: Uint8Array, limit: number = bytes.length): string | undefined {
  try {
    // As a stream, so that a character cut in two at the limit is left out and not an error.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, limit), {
      stream: bytes.length > limit,
    })
    return hasControlCharacter(text) ? undefined : text
  } catch {
    return undefined
  }
}

function render(value: unknown): string {
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'string') return JSON.stringify(value)
  if (value instanceof Uint8Array) return showBytes(value)
  if (value instanceof RegExp) return value.toString()
  if (value instanceof Error) return value.message
  if (Array.isArray(value)) return `[${value.map(render).join(', ')}]`
  if (typeof value === 'object' && value !== null) return renderObject(value)
  return String(value)
}

function renderObject(value: object): string {
  const members = Object.entries(value).map(([key, member]) => `${key}: ${render(member)}`)
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}

function hasControlCharacter(text: string): boolean {
  for (const character of text) {
    const code = character.charCodeAt(0)
    if (code < 0x20 && character !== '\n' && character !== '\t') return true
  }
  return false
}
