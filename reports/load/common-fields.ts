import type { Machine } from './result.ts'
import { count, object, type Read, such, text } from './shape.ts'

export const time: Read<string> = such(
  'a time such as 2026-11-25T08:00:00.000Z',
  (value): value is string =>
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(String(value)) &&
    !Number.isNaN(Date.parse(String(value))),
)

export const machine: Read<Machine> = object<Machine>({
  cpus: count,
  model: text,
  memoryBytes: count,
  platform: text,
  node: text,
})
