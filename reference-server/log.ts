import { pino } from 'pino'
import type { Clock } from './environment.ts'

/** What is told of an event beside its message: plain values, and never a header or body as a whole. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>

/** For operators. Nothing that is told here is a token or a key (CP-RT-064). */
export interface Log {
  /** Whether anybody would read what `debug` is told. */
  readonly tellsRequests: boolean
  /** Each request, once it is over. */
  debug(fields: LogFields, message: string): void
  /** Start and stop. */
  info(fields: LogFields, message: string): void
  /** Work that was cut. */
  warn(fields: LogFields, message: string): void
  /** Faults of the server's own. */
  error(fields: LogFields, message: string): void
}

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

const drop = (): void => {}

/** Says that data of an older version has been upgraded, which happens once. */
export const upgraded =
  (log: Log) =>
  (values: number): void =>
    log.warn({ values }, 'the data directory has been upgraded; version 0.1.0 cannot read it any more')

export const silentLog: Log = { tellsRequests: false, debug: drop, info: drop, warn: drop, error: drop }

/** One JSON object a line. */
export function createLog(level: LogLevel, write: (line: string) => void, clock: Clock): Log {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date(Number(clock.now())).toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    // Nobody should hand these over. If somebody does, that is no reason to write them down.
    redact: { paths: SECRET_PATHS, censor: '[redacted]' },
  }
  const log = pino(options, { write: (line) => write(harmless(line.trimEnd())) })
  return Object.assign(log, { tellsRequests: log.isLevelEnabled('debug') })
}

/** A client chooses a path, and a terminal obeys what JSON leaves in it as it is. */
const harmless = (json: string): string =>
  json.replace(
    /[\u007f-\u009f\u2028\u2029\p{Bidi_Control}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

const SECRETS = ['authorization', '["s2-encryption-key"]', 'access_token', 'token', 'secret', 'key']

const SECRET_PATHS: string[] = SECRETS.flatMap((name) => {
  const below = name.startsWith('[') ? name : `.${name}`
  return [name, `*${below}`, `*.*${below}`]
})
