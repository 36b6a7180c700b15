import { plainJson } from '../kit/text/plain.ts'

/** A file of JSON: lines that a diff can show, and nothing that a terminal obeys. */
export const toJson = (value: object): string => `${plainJson(JSON.stringify(value, undefined, 1))}\n`
