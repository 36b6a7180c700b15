/**
 * Replaces what differs from run to run (names, times, tokens, ports) by values that do not. A value that appears again
 * is replaced by the same one, so an example still shows where it comes from and where it is used.
 */
export interface StableValues {
  /** Call before each exchange: times that first appear in one exchange become the same moment. */
  nextExchange(): void
  text(text: string): string
  timestamp(milliseconds: bigint): bigint
}

export interface RunFacts {
  /** The names that the run generates begin with this. */
  readonly namePrefix: string
  /** The shared basin of the run. */
  readonly basin: string
  /** Host and port of the target. */
  readonly host: string
  /** When the run began, in Unix milliseconds. */
  readonly began: bigint
  /** When the check began and ended, in Unix milliseconds. */
  readonly from: bigint
  readonly to: bigint
}

/** 2026-01-01T00:00:00Z. */
const EPOCH_MS = 1_767_225_600_000n
const SECOND_MS = 1000n
const MINUTE_MS = 60_000n
/** Times that a check computes lie at most this far from it. */
const FAR_MS = 30n * 24n * 60n * MINUTE_MS
/** The clocks of the run and of the target are read at different moments. */
const SLACK_MS = 5000n

export function createStableValues({ namePrefix, basin, host, began, from, to }: RunFacts): StableValues {
  const names = new Map<string, string>([[basin, 'my-basin']])
  const times = new Map<bigint, bigint>()
  const tokens = new Map<string, string>([['', '']])
  const name = new RegExp(`${spellingsOf(namePrefix)}\\d+`, 'gi')
  let exchange = 0n

  const timestamp = (milliseconds: bigint): bigint => {
    if (milliseconds < from - FAR_MS || milliseconds > to + FAR_MS) return milliseconds
    const isOfTheRun = milliseconds >= began - SLACK_MS && milliseconds <= to + SLACK_MS
    // A check that names another time names one that lies minutes or more away.
    if (!isOfTheRun) return EPOCH_MS + roundedToMinutes(milliseconds - from)
    const known = times.get(milliseconds)
    if (known !== undefined) return known
    const stable = EPOCH_MS + exchange * SECOND_MS
    times.set(milliseconds, stable)
    return stable
  }

  return {
    nextExchange: () => {
      exchange += 1n
    },
    timestamp,
    text: (text) =>
      text
        .replaceAll(host, '127.0.0.1:8080')
        .replaceAll(name, (given) => likeSpelled(given, numbered(names, plainOf(given), 'example')))
        .replaceAll(
          ISSUED,
          (_, before: string, token: string) => `${before}${numbered(tokens, token, 'token')}`,
        )
        .replaceAll(MILLISECONDS, (digits) => String(timestamp(BigInt(digits))))
        .replaceAll(SECONDS, (digits) => String(timestamp(BigInt(digits) * SECOND_MS) / SECOND_MS))
        .replaceAll(ISO, (iso) => isoLike(iso, timestamp(BigInt(Date.parse(iso))))),
  }
}

const ISSUED = /("access_token"\s*:\s*")([^"]+)/g
const MILLISECONDS = /\b1[789]\d{11}\b/g
const SECONDS = /\b1[789]\d{8}\b/g
const ISO = /\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g

const roundedToMinutes = (milliseconds: bigint): bigint =>
  BigInt(Math.round(Number(milliseconds) / Number(MINUTE_MS))) * MINUTE_MS

/** A pattern of the name, and of the name with its first character percent-encoded. */
const spellingsOf = (name: string): string => `(?:${percentEncoded(name)}|${name.charAt(0)})${name.slice(1)}`

/** The name in lower case, without percent-encoding. */
const plainOf = (given: string): string => decodeURIComponent(given).toLowerCase()

/** The name in the spelling of `given`: its first character percent-encoded, in upper case, or as it is. */
function likeSpelled(given: string, name: string): string {
  if (given.startsWith('%')) return `${percentEncoded(name)}${name.slice(1)}`
  return given === given.toLowerCase() ? name : name.toUpperCase()
}

const percentEncoded = (name: string): string => `%${name.charCodeAt(0).toString(16)}`

/** The name that stands for this value: a number behind the stem, in the order of first appearance. */
function numbered(known: Map<string, string>, value: string, stem: string): string {
  const name = known.get(value) ?? `${stem}-${known.size}`
  known.set(value, name)
  return name
}

/** A moment, in the precision of the given text. */
function isoLike(given: string, milliseconds: bigint): string {
  const seconds = new Date(Number(milliseconds)).toISOString().slice(0, 19)
  const fraction = given.slice(19, -1)
  return `${seconds}${fraction.replaceAll(/\d/g, '0')}Z`
}
