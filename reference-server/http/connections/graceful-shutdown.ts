import type { Drain } from '../../drain.ts'
import type { Clock } from '../../environment.ts'
import type { Log } from '../../log.ts'
import type { Listener } from './listener.ts'

/**
 * Shuts the door and lets everybody leave in their own time, for at most `graceMs`; then what is left is cut
 * (CP-LITE-030). Sessions are advised to go first, and ended when none is left that could follow the advice, or soon.
 */
export async function shutDownGracefully(
  door: Listener,
  drain: Drain,
  clock: Clock,
  graceMs: number,
  log: Log,
): Promise<void> {
  log.info({ graceMs, sessions: drain.sessions }, 'draining')
  door.shut()
  const cut = (): void => {
    log.warn({ connections: door.connections() }, 'the grace is over: what is under way is cut')
    door.cut()
  }
  // Without grace there is nothing to wait for, on whatever clock.
  const cancel = graceMs > 0 ? clock.timer(graceMs, cut) : door.cut()
  drain.advise()
  if (graceMs > 0) await sessionsGone(drain, clock, Math.min(ADVICE_MS, graceMs))
  drain.end()
  door.dismiss()
  await door.empty()
  cancel?.()
}

/** What a client has for opening its session elsewhere while the old one still serves it. */
const ADVICE_MS = 1000

async function sessionsGone(drain: Drain, clock: Clock, limitMs: number): Promise<void> {
  if (drain.sessions === 0) return
  const { promise, resolve } = Promise.withResolvers<void>()
  const cancel = clock.timer(limitMs, resolve)
  const unsubscribe = drain.left.subscribe(() => {
    if (drain.sessions === 0) resolve()
  })
  await promise
  cancel()
  unsubscribe()
}
