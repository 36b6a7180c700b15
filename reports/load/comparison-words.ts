import type { Bounded, ComparedMetric, ComparisonOutcome, Decision } from './comparison.ts'
import { milliseconds, percent } from './words.ts'

/** The first sentence on a comparison. */
export const OUTCOME_WORDS: Readonly<Record<ComparisonOutcome, string>> = {
  'no-regression': 'nothing has regressed',
  regression: 'a regression, found and confirmed',
  violation: 'a record was lost or changed: what follows is no comparison of two stores that work',
  'too-noisy': 'too noisy to tell',
  invalid: 'the numbers are not worth a decision',
  interrupted: 'interrupted: this is what there was until then',
}

export const DECISION_WORDS: Readonly<Record<Decision, string>> = {
  regressed: 'regressed',
  improved: 'improved',
  'no-difference': 'no difference',
  'too-noisy': 'too noisy to tell',
}

/** `1.234 ms`, `812.4 appends/s`, `93.20 MiB/s`. */
export function withUnit(value: number, unit: ComparedMetric['unit']): string {
  switch (unit) {
    case 'µs':
      return `${milliseconds(value)} ms`
    case 'appends/s':
      return `${value.toFixed(1)} appends/s`
    case 'µs/record':
      return `${value.toFixed(2)} µs/record`
    case 'bytes/s':
      return `${(value / 1024 ** 2).toFixed(2)} MiB/s`
  }
}

/** `+10.1 %`. */
export const signed = (part: number): string => `${part < 0 ? '-' : '+'}${percent(Math.abs(part))}`

/** `+10.1 % (+9.0 % to +11.3 %)`. */
export const changeText = ({ value, low, high }: Bounded): string =>
  `${signed(value)} (${signed(low)} to ${signed(high)})`

/** One sentence that says how a metric fared. */
export function metricSentence({
  name,
  unit,
  base,
  head,
  change,
  noise,
  decision,
  rerun,
}: ComparedMetric): string {
  const parts = [
    `${name}: ${DECISION_WORDS[decision]}`,
    `${withUnit(base.value, unit)} to ${withUnit(head.value, unit)}`,
    changeText(change),
    ...(noise === undefined ? [] : [`A/A run up to ${percent(noise)}`]),
    ...(rerun === undefined ? [] : [`again ${changeText(rerun.change)}`]),
  ]
  return parts.join(', ')
}
