import type { Requirement } from '../../check/requirement.ts'
import { crash } from './crash.ts'
import { instances } from './instances.ts'
import { killWhileDeleting } from './kill-while-deleting.ts'
import { numbers } from './numbers.ts'
import { power } from './power.ts'
import { ready } from './ready.ts'
import { restart } from './restart.ts'
import { stalled } from './stalled.ts'
import { storage } from './storage.ts'
import { tail } from './tail.ts'
import { trimRows } from './trim.ts'

export const DUR: readonly Requirement[] = [
  ...power,
  ...crash,
  ...tail,
  ...trimRows,
  ...stalled,
  ...storage,
  ...instances,
  ...numbers,
  ...restart,
  ...killWhileDeleting,
  ...ready,
]
