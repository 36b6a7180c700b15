import type { Requirement } from '../../check/requirement.ts'
import { bindings } from './bindings.ts'
import { codes } from './codes.ts'
import { conflict } from './conflict.ts'

export const ERR: readonly Requirement[] = [...codes, ...conflict, ...bindings]
