import { show } from '../kit/show.ts'
import type { ErrorBody } from './answer.ts'

/** What came in place of what was asked for, in the target's own words: `answered 500 internal ("the disk is full")`. */
export function answered(status: number, error: ErrorBody | undefined): string {
  const { code, message } = error ?? {}
  return [
    `answered ${status}`,
    ...(code === undefined ? [] : [code]),
    ...(message === undefined ? [] : [`(${show(message)})`]),
  ].join(' ')
}
