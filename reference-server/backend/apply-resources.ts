import { isRefusal, type Refusal } from '../semantics/refusal.ts'
import type { Backend } from './backend.ts'
import { InitError } from './init-error.ts'
import type { Resources } from './resources.ts'

/**
 * Makes it so, in the order of the file, each basin before its streams: what is missing is created, what is there gets
 * the configuration of the file, or the default one where the file has none, and nothing else is touched (CP-LITE-042).
 * Rejects with `InitError` at the first that cannot be had, as one that is being deleted (CP-LITE-044).
 */
export async function applyResources(
  backend: Pick<Backend, 'ensureBasin' | 'ensureStream'>,
  { basins }: Resources,
): Promise<void> {
  for (const [index, { name, config, streams }] of basins.entries()) {
    const at = `basins[${index}]`
    accept(await backend.ensureBasin(name, config), `${at}, the basin ${name}`)
    for (const [position, stream] of streams.entries()) {
      const outcome = await backend.ensureStream({ basin: name, stream: stream.name }, stream.config)
      accept(outcome, `${at}.streams[${position}], the stream ${stream.name} of the basin ${name}`)
    }
  }
}

function accept(outcome: object | Refusal, what: string): void {
  if (!isRefusal(outcome)) return
  const why = outcome.refusal === 'error' ? `${outcome.code}, ${outcome.message}` : outcome.refusal
  throw new InitError(`cannot make ${what}: ${why}`)
}
