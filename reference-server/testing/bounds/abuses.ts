import type { Abuse } from './abuse.ts'
import { appends } from './appends.ts'
import { bombs } from './bombs.ts'
import { heads } from './heads.ts'
import { http2 } from './http2.ts'
import { json } from './json.ts'
import { readers } from './readers.ts'

export const abuses: readonly Abuse[] = [...readers, ...appends, ...bombs, ...json, ...heads, ...http2]
