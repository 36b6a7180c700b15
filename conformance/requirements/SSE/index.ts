import type { Requirement } from '../../check/requirement.ts'
import { content } from './content.ts'
import { events } from './events.ts'
import { resume } from './resume.ts'
import { setup } from './setup.ts'
import { wrongKey } from './wrong-key.ts'

export const SSE: readonly Requirement[] = [...setup, ...events, ...resume, ...content, ...wrongKey]
