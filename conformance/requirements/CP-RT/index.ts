import type { Requirement } from '../../check/requirement.ts'
import { answers } from './answers.ts'
import { authorization } from './authorization.ts'
import { basinChoice } from './basin-choice.ts'
import { basinHeader } from './basin-header.ts'
import { basinHosts } from './basin-hosts.ts'
import { bodies } from './bodies.ts'
import { cors } from './cors.ts'
import { credentials } from './credentials.ts'
import { order } from './order.ts'
import { paths } from './paths.ts'
import { query } from './query.ts'

export const CP_RT: readonly Requirement[] = [
  ...paths,
  ...basinHosts,
  ...basinChoice,
  ...basinHeader,
  ...order,
  ...query,
  ...answers,
  ...bodies,
  ...cors,
  ...credentials,
  ...authorization,
]
