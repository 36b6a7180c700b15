import { expect, test } from 'vitest'
import type { Answer } from '../../../client/answer.ts'
import type { StreamConfigBody } from '../../../client/config-bodies.ts'
import {
  DEFAULT_BASIN_CONFIG,
  SYSTEM_STREAM_CONFIG,
} from '../../../reference-server/semantics/resources/config.ts'
import { LITE } from '../../../reference-server/semantics/resources/flavor.ts'
import { FRESH } from '../oracle.ts'
import { type Slot, slotOf } from '../world.ts'
import { judgeSettled } from './delete.ts'

const live: Slot = { is: 'live', stream: { ...FRESH, config: SYSTEM_STREAM_CONFIG, key: undefined } }

const rest = { headers: {}, body: new Uint8Array(0) }
const shown: Answer<StreamConfigBody> = { status: 200, value: {}, error: undefined, ...rest }
const missing: Answer<StreamConfigBody> = {
  status: 404,
  value: undefined,
  error: { code: 'stream_not_found', message: '', json: undefined },
  ...rest,
}

/** What the stream is once the deletion is over, or that the answer is wrong. */
function judged(slot: Slot, answer: Answer<StreamConfigBody>): string {
  const world = { flavor: LITE, basin: DEFAULT_BASIN_CONFIG, slots: [slot] }
  const fitting = judgeSettled(answer, world, 0).filter(({ fits }) => fits)
  return fitting.map(({ after }) => slotOf(after, 0).is).join() || 'wrong'
}

test.each<[string, Slot, Answer<StreamConfigBody>, string]>([
  ['that was being deleted is gone', { is: 'deleting' }, missing, 'absent'],
  ['that was being deleted is not there again by itself', { is: 'deleting' }, shown, 'wrong'],
  ['that was made again meanwhile is there', live, shown, 'live'],
  ['that was made again meanwhile is not gone', live, missing, 'wrong'],
  ['that is not there stays so', { is: 'absent' }, missing, 'absent'],
])('a stream %s', (_what, slot, answer, becomes) => {
  expect(judged(slot, answer)).toBe(becomes)
})
