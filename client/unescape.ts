/** A text with its escapes decoded, and where each of its characters stood. */
export interface Decoded {
  readonly text: string
  /** Of the character at an index: its first position in the text that was given, and the one after its last. */
  begin(index: number): number
  end(index: number): number
}

/** `%41`, `\u0041`, `\u{41}`, `\x41`, `\"`, `&#65;`, `&#x41`, `&amp;`: of URLs, JSON, JavaScript and HTML. */
const ESCAPE =
  /%([0-9a-f]{2})|\\u([0-9a-f]{4})|\\u\{0*([0-9a-f]{1,6})\}|\\x([0-9a-f]{2})|\\(["'\\/])|&#0*(\d{1,7});?|&#x0*([0-9a-f]{1,6});?|&(amp|lt|gt|quot|apos);/gi

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

/** A part of a decoded text: a run that is as it was, or the character that an escape stands for. */
interface Part {
  /** Where it begins in the decoded text, and where in the text before. */
  readonly at: number
  readonly from: number
  /** Of an escape: where it ends in the text before. */
  readonly to?: number
}

/** Undefined where there is nothing to decode. */
function decodeOnce({ text, begin, end }: Decoded): Decoded | undefined {
  const parts: Part[] = []
  const pieces: string[] = []
  let length = 0
  let from = 0
  const keep = (until: number): void => {
    if (until === from) return
    parts.push({ at: length, from })
    pieces.push(text.slice(from, until))
    length += until - from
  }
  for (const match of text.matchAll(ESCAPE)) {
    const character = characterOf(match)
    keep(match.index)
    from = match.index + match[0].length
    parts.push({ at: length, from: match.index, to: from })
    pieces.push(character)
    length += character.length
  }
  if (from === 0) return undefined
  keep(text.length)
  return {
    text: pieces.join(''),
    begin(index) {
      const { at, from: first, to } = partAt(parts, index)
      return begin(to === undefined ? first + index - at : first)
    },
    end(index) {
      const { at, from: first, to } = partAt(parts, index)
      return end(to === undefined ? first + index - at : to - 1)
    },
  }
}

/** The last part that begins at this index or before it. */
function partAt(parts: readonly Part[], index: number): Part {
  let [low, high] = [0, parts.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((parts[middle]?.at ?? 0) <= index) low = middle
    else high = middle - 1
  }
  return parts[low] ?? { at: 0, from: 0 }
}

function characterOf([
  whole,
  percent,
  json,
  point,
  script,
  quoted,
  decimal,
  hex,
  entity,
]: RegExpExecArray): string {
  if (quoted !== undefined) return quoted
  if (entity !== undefined) return ENTITIES[entity.toLowerCase()] ?? whole
  if (decimal !== undefined) return codePoint(Number(decimal), whole)
  return codePoint(Number.parseInt(percent ?? json ?? point ?? script ?? hex ?? '', 16), whole)
}

const codePoint = (code: number, otherwise: string): string =>
  code <= 0x10ffff ? String.fromCodePoint(code) : otherwise
