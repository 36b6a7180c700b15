import { expect, test } from 'vitest'
import { Drain } from '../drain.ts'
import { EMPTY_STREAM } from '../semantics/append/stream-state.ts'
import { SYSTEM_STREAM_CONFIG } from '../semantics/resources/config.ts'
import { rules } from '../semantics/rules.ts'
import { openMemoryStore } from '../store/memory.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { addressOf } from '../testing/test-backend.ts'
import { Alarm } from './alarm.ts'
import { Background } from './background.ts'
import { Damage } from './damage.ts'
import { LiveStream } from './live-stream.ts'
import { DEFAULT_OPTIONS } from './options.ts'
import { RecentMemory } from './recent-batches.ts'
import { Usage } from './usage.ts'

test('what is hidden stays hidden, whichever timer fires first (CMD-017)', async () => {
  const clock = new FakeClock()
  const { basin, stream: name } = addressOf('some-basin', 'stream')
  const store = await openMemoryStore()
  const background = new Background(clock, () => {})
  const parts = { rules, store, clock, random: () => 0, options: DEFAULT_OPTIONS, background }
  const stream = new LiveStream(
    {
      ...parts,
      damage: new Damage(() => {}),
      drain: new Drain(),
      recentMemory: new RecentMemory(1e9),
      usage: new Usage(parts),
      sweepAlarm: new Alarm(clock, background, 1000),
    },
    {
      id: 1n,
      basin,
      name,
      createdAt: 0n,
      deletedAt: undefined,
      cipher: undefined,
      config: SYSTEM_STREAM_CONFIG,
      armed: { at: 0n, tail: 0n },
      creationKey: undefined,
    },
    { ...EMPTY_STREAM, trimPoint: 2n },
    0n,
  )
  expect(stream.visibleFrom).toBe(2n)
  stream.hideBelow(5n)
  stream.hideBelow(3n)
  expect(stream.visibleFrom).toBe(5n)
})
