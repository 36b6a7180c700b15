import type { Example, ExampleExchange } from './example.ts'

/**
 * Masks the parts of an example that differ between two healthy runs: pages of names, times, points of metrics, compressed
 * bytes, and the number of equal heartbeats in a row.
 */
export function comparable(example: Example): readonly ExampleExchange[] {
  return JSON.parse(JSON.stringify(example.exchanges.map(withoutListing), masked))
}

/** A page of names shows what other checks have created at that moment. */
function withoutListing({ request, answer }: ExampleExchange): ExampleExchange {
  const isListing = request.method === 'GET' && LISTING.test(request.path)
  if (!isListing || 'error' in answer || answer.status !== 200) return { request, answer }
  return { request, answer: { ...answer, body: { kind: 'text', text: 'A PAGE OF NAMES' } } }
}

const LISTING = /^\/v1\/(?:basins|streams|access-tokens)(?:\?|$)/

/** Stable times, in milliseconds, seconds and ISO form: two appends can share a millisecond in one run only. */
const TIME = /\b176[4-9]\d{6}(?:\d{3})?\b|\b1770\d{6}(?:\d{3})?\b|\b20(?:25-12|26-01)-[\dT:.-]+Z/g

interface Part {
  readonly hex?: unknown
  readonly text?: unknown
  readonly meaning?: unknown
}

const isPart = (value: unknown): value is Part => typeof value === 'object' && value !== null

function masked(_key: string, value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(TIME, 'TIME')
  if (Array.isArray(value)) return withoutRepeatedHeartbeats(value)
  if (!isPart(value)) return value
  if (typeof value.hex === 'string') return maskedBytes(value, value.hex)
  if (typeof value.text === 'string') return maskedText(value, value.text)
  // The length of a compressed payload depends on the times in it.
  if (String(value.meaning).includes('decompressed')) return { ...value, head: 'COMPRESSED' }
  return value
}

const COMPRESSED = /^(?:1f8b|28b52ffd)/

function maskedBytes(value: object, hex: string): object {
  if (COMPRESSED.test(hex)) return { ...value, hex: 'COMPRESSED', omittedBytes: undefined }
  const hasTime = Object.values(value).some((part) => String(part).search(TIME) >= 0)
  return hasTime ? { ...value, hex: 'TIME' } : value
}

/** Counts grow with all that the run did so far. */
function maskedText(value: object, text: string): object {
  if (text.startsWith('# HELP')) return { ...value, text: maskedSamples(text), omittedBytes: undefined }
  const plain = text.replaceAll(TIME, 'TIME').replaceAll(OFFSET, '$1OFFSET')
  const points = plain.replaceAll(POINTS, '[TIME,COUNT]')
  if (points !== plain) return { ...value, text: points, omittedBytes: undefined }
  return { ...value, text: plain.replaceAll(REPEATED_PINGS, '$1') }
}

/** Where a JSON text is wrong depends on the length of the generated names in it. */
const OFFSET = /(the JSON text has [^"]* at )\d+/g
/** The points of a metric, and the one in which the text was cut. */
const POINTS = /(?:\[TIME,[\d.]+\],?)+(?:\[[^\]]*$)?/g
/** The text can end after the first line of a ping. */
const REPEATED_PINGS = /(event: ping\ndata: .*\n\n)(?:event: ping\ndata: .*\n\n)+/g

/** Samples in the text format of Prometheus, without values and without the line in which the text was cut. */
const maskedSamples = (text: string): string =>
  text.slice(0, text.lastIndexOf('\n')).replaceAll(/^([^#].*) \S+$/gm, '$1 VALUE')

function withoutRepeatedHeartbeats(values: readonly unknown[]): readonly unknown[] {
  const texts = values.map((value) => JSON.stringify(value, masked))
  const isRepeated = (index: number): boolean =>
    texts[index] === texts[index - 1] && texts[index]?.includes('{\\"records\\":[],') === true
  return values.filter((_, index) => !isRepeated(index))
}
