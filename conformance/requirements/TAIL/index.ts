import type { Requirement } from '../../check/requirement.ts'
import { consistency } from './consistency.ts'
import { encryptedStream } from './encrypted-stream.ts'
import { requests } from './requests.ts'
import { tail } from './tail.ts'

export const TAIL: readonly Requirement[] = [...tail, ...consistency, ...requests, ...encryptedStream]
