import type { JsonObject, JsonValue } from './json.ts'
import { textToBytes } from './json-bytes.ts'
import { isList, member, readList, readText } from './json-shape.ts'
import type { AppendRecord, Format, Header } from './types.ts'
import { WireError } from './wire-error.ts'

/** What a record holds while its bytes are still text: the shape is judged first, then the text (REC-018). */
export interface TextContent {
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
}

/** Absent is empty, null is refused: throws `WireError` 'bad_json' (REC-012, REC-013). */
export function readContent(object: JsonObject, what: string): TextContent {
  const { headers = [], body = '' } = {
    headers: member(object, 'headers', what),
    body: member(object, 'body', what),
  }
  return {
    headers: readList(headers, `${what}.headers`).map((header, index) => readHeader(header, index, what)),
    body: readText(body, `${what}.body`),
  }
}

/** Throws `WireError` 'invalid' for wrong base64. */
export function decodeContent(
  content: TextContent,
  format: Format,
  what: string,
): { headers: Header[]; body: Uint8Array } {
  const headersWhat = `each name and value of ${what}.headers`
  return {
    headers: content.headers.map(([name, value]) => ({
      name: textToBytes(name, format, headersWhat),
      value: textToBytes(value, format, headersWhat),
    })),
    body: textToBytes(content.body, format, `${what}.body`),
  }
}

/** Empty headers and bodies are left out (REC-022). */
export function contentToJson(
  { headers, body }: Pick<AppendRecord, 'headers' | 'body'>,
  toText: (bytes: Uint8Array) => string,
): { headers?: [string, string][]; body?: string } {
  return {
    ...(headers.length > 0 && {
      headers: headers.map(({ name, value }): [string, string] => [toText(name), toText(value)]),
    }),
    ...(body.length > 0 && { body: toText(body) }),
  }
}

// A record may hold 349,522 headers: no path is put together for those that are right.
function readHeader(header: JsonValue, index: number, what: string): readonly [name: string, value: string] {
  if (isList(header) && header.length === 2) {
    const [name, value] = header
    if (typeof name === 'string' && typeof value === 'string') return [name, value]
  }
  throw new WireError(
    'bad_json',
    `${what}.headers[${index}] must be an array of two strings, a name and a value`,
  )
}
