import fc from 'fast-check'
import type { ListStep, Step } from '../step.ts'
import { append, poll } from './append.ts'
import { compact, optional, orNull } from './common.ts'
import { basinConfig, basinPatch, config, patch, timestamping } from './config.ts'
import { follow, read } from './read.ts'

/** Names that the streams of one basin have, last part: their order in UTF-8 is not that in UTF-16. */
export const SUFFIXES: readonly string[] = ['a', 'a b', '～', '😀']

const only = fc.constant(0)

const one = (step: fc.Arbitrary<Step>, weight: number) => ({ weight, arbitrary: step })

const plain = <Kind extends 'check-tail' | 'get-config' | 'delete' | 'settle' | 'trimmed'>(
  kind: Kind,
  stream: fc.Arbitrary<number>,
) => fc.record({ step: fc.constant(kind), stream }) as fc.Arbitrary<Step>

/** Up to fifteen requests to the records of one stream, half of them appends. */
export const onOneStream: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    one(append(only), 8),
    one(read(only), 6),
    one(plain('check-tail', only), 2),
    one(plain('trimmed', only), 1),
  ),
  { minLength: 1, maxLength: 15, size: 'max' },
)

/** The same among followers and waiting readers, with timestamping reconfigured in between. */
export const followed: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    one(append(only), 8),
    one(read(only), 3),
    one(plain('check-tail', only), 1),
    one(follow(only), 2),
    one(fc.constant({ step: 'catch-up' as const }), 2),
    one(poll(only), 1),
    one(plain('trimmed', only), 1),
    one(fc.record({ step: fc.constant('reconfigure' as const), stream: only, patch: timestamping }), 2),
  ),
  { minLength: 1, maxLength: 18, size: 'max' },
)

/** Most of what is done meets the first streams, or hardly anything would be done twice to any of them. */
const any: fc.Arbitrary<number> = fc.oneof(
  ...SUFFIXES.map((_, index) => ({
    weight: index === 0 ? 6 : index === 1 ? 3 : 1,
    arbitrary: fc.constant(index),
  })),
)

const list: fc.Arbitrary<ListStep> = compact({
  step: fc.constant('list' as const),
  prefix: optional(fc.record({ stream: any, cut: fc.nat(2) }), 35),
  startAfter: optional(any, 40),
  limit: optional(fc.constantFrom(0, 1, 1, 2, 3), 60),
})

const create = compact({
  step: fc.constant('create' as const),
  stream: any,
  config: optional(orNull(config, 15), 65),
  requestToken: optional(fc.constantFrom('one', 'one', 'one', 'two'), 60),
})

const ensure = compact({
  step: fc.constant('ensure' as const),
  stream: any,
  config: optional(config, 70),
})

const anything: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    one(append(any), 8),
    one(read(any), 5),
    one(plain('check-tail', any), 2),
    one(follow(any), 1),
    one(fc.constant({ step: 'catch-up' as const }), 1),
    one(create, 4),
    one(ensure, 3),
    one(fc.record({ step: fc.constant('reconfigure' as const), stream: any, patch }), 5),
    one(plain('get-config', any), 2),
    one(plain('delete', any), 2),
    one(plain('settle', any), 1),
    one(plain('trimmed', any), 1),
    one(list, 3),
    one(fc.record({ step: fc.constant('ensure-basin' as const), config: basinConfig }), 1),
    one(fc.record({ step: fc.constant('reconfigure-basin' as const), patch: basinPatch }), 2),
    one(fc.constant({ step: 'get-basin-config' as const }), 1),
  ),
  { minLength: 1, maxLength: 24, size: 'max' },
)

/** What is there to begin with: a stream or two, and a basin that makes what is missing. */
const beginning: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    one(create, 3),
    one(ensure, 1),
    one(fc.record({ step: fc.constant('reconfigure-basin' as const), patch: basinPatch }), 1),
  ),
  { maxLength: 3, size: 'max' },
)

/** Everything that can be done to the streams of one basin, and to its defaults. */
export const onManyStreams: fc.Arbitrary<readonly Step[]> = fc
  .tuple(beginning, anything)
  .map((parts) => parts.flat())
