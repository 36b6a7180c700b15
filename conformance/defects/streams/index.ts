import type { Defect } from '../defect.ts'
import { creationRepeatsByItsTokenAlone } from './creation-repeats-by-its-token-alone.ts'

export const streams: readonly Defect[] = [creationRepeatsByItsTokenAlone]
