import { stringifyJson } from '../../../../proto/json.ts'
import { eventVectors } from './events.ts'
import { frameVectors } from './frames.ts'
import { jsonVectors } from './json.ts'
import { messageVectors } from './messages.ts'
import { codeVectors, limitVectors, nameVectors, sizeVectors } from './rules.ts'

/** Returns the lines of `wire.jsonl`, kind by kind, numbered within each kind. */
export function wireLines(): readonly string[] {
  const groups = [
    frameVectors(),
    messageVectors(),
    jsonVectors(),
    eventVectors(),
    sizeVectors(),
    nameVectors(),
    codeVectors(),
    limitVectors(),
  ]
  const counts = new Map<string, number>()
  return groups.flat().map((vector) => {
    const number = (counts.get(vector.kind) ?? 0) + 1
    counts.set(vector.kind, number)
    return stringifyJson({ id: `${vector.kind}-${String(number).padStart(3, '0')}`, ...vector })
  })
}
