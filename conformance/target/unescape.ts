/** A text with its escapes decoded, and where each of its characters stood. */
export interface Decoded {
  readonly text: string
  /** Of the character at an index: its first position in the text that was given, and the one after its last. */
  begin(index: number): number
  end(index: number): number
}

/** `%41`, `\u0041`, `\x41`, `\"`, `&#65;`, `&#x41;`, `&amp;`: of URLs, JSON, JavaScript and HTML. */
const ESCAPE =
  /%([0-9a-f]{2})|\\u([0-9a-f]{4})|\\x([0-9a-f]{2})|\\(["'\\/])|&#(\d{1,7});|&#x([0-9a-f]{1,6});|&(amp|lt|gt|quot|apos);/gi

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Escapes may be escaped again, as those of JSON are in JSON. */
const MOST_LAYERS = 4

/** The text itself, then the text with each layer of escapes decoded, until none is left. */
export function layersOf(text: string): readonly Decoded[] {
  let layer: Decoded = { text, begin: (index) => index, end: (index) => index + 1 }
  const layers = [layer]
  while (layers.length <= MOST_LAYERS) {
    const next = decodeOnce(layer)
    if (next === undefined) break
    layer = next
    layers.push(layer)
  }
  return layers
}

/** Undefined where there is nothing to decode. */
function decodeOnce({ text, begin, end }: Decoded): Decoded | undefined {
  let decoded = ''
  let from = 0
  const begins: number[] = []
  const ends: number[] = []
  const keep = (until: number): void => {
    for (let at = from; at < until; at++) {
      begins.push(begin(at))
      ends.push(end(at))
    }
    decoded += text.slice(from, until)
  }
  for (const match of text.matchAll(ESCAPE)) {
    const [whole] = match
    const character = characterOf(match)
    keep(match.index)
    from = match.index + whole.length
    decoded += character
    for (let unit = 0; unit < character.length; unit++) {
      begins.push(begin(match.index))
      ends.push(end(from - 1))
    }
  }
  if (from === 0) return undefined
  keep(text.length)
  return { text: decoded, begin: (index) => begins[index] ?? 0, end: (index) => ends[index] ?? 0 }
}

function characterOf([whole, percent, json, script, quoted, decimal, hex, entity]: RegExpExecArray): string {
  if (quoted !== undefined) return quoted
  if (entity !== undefined) return ENTITIES[entity.toLowerCase()] ?? whole
  if (decimal !== undefined) return codePoint(Number(decimal), whole)
  return codePoint(Number.parseInt(percent ?? json ?? script ?? hex ?? '', 16), whole)
}

const codePoint = (code: number, otherwise: string): string =>
  code <= 0x10ffff ? String.fromCodePoint(code) : otherwise
