export interface Tick {
  /** Where it stands, from 0 to 1. */
  readonly at: number
  readonly label: string
}

/** Where values stand between the ends, from 0 to 1; what lies beyond an end stands at it. */
export interface Axis {
  place(value: number): number
  readonly ticks: readonly Tick[]
}

type Label = (value: number) => string

const plain: Label = (value) => value.toLocaleString('en', { maximumFractionDigits: 6 })

/** From `least` to `most`, with marks at round values. */
export function linearAxis(least: number, most: number, label: Label = plain, marks = 5): Axis {
  const step = roundUp((most - least) / marks)
  const end = Math.max(step, Math.ceil((most - least) / step - 1e-9) * step) + least
  return axisOf(
    (value) => (value - least) / (end - least),
    Array.from({ length: Math.round((end - least) / step) + 1 }, (_none, index) => least + index * step),
    label,
  )
}

/** A last interval that ended a little early has its round mark all the same. */
const NEARLY = 0.02

/** Seconds from 0 to exactly `until`, marked at round ones; minutes where there are many. */
export function timeAxis(until: number, marks = 6): Axis {
  const end = Math.max(until, 1e-9)
  const step = ROUND_SECONDS.find((seconds) => seconds * marks >= end) ?? roundUp(end / marks)
  return axisOf(
    (value) => value / end,
    Array.from({ length: Math.floor(end / step + NEARLY) + 1 }, (_none, index) => index * step),
    end > MANY_SECONDS ? minutes : plain,
  )
}

const MANY_SECONDS = 180
const ROUND_SECONDS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600]

const minutes: Label = (seconds) =>
  `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, '0')}`

/** Positive values by their order of size, from the round value below the least to that above the most. */
export function logAxis(least: number, most: number, label: Label = plain): Axis {
  const from = Math.log10(roundDown(least))
  const to = Math.max(Math.log10(roundUp(most)), from + Math.log10(2))
  const parts = to - from > FINE_DECADES ? [1] : [1, 2, 5]
  const decades = Array.from(
    { length: Math.ceil(to) - Math.floor(from) + 1 },
    (_none, index) => Math.floor(from) + index,
  )
  const marks = decades
    .flatMap((decade) => parts.map((part) => part * 10 ** decade))
    .filter((value) => Math.log10(value) >= from - 1e-9 && Math.log10(value) <= to + 1e-9)
  return axisOf((value) => (Math.log10(Math.max(value, 1e-12)) - from) / (to - from), marks, label)
}

/** More than so many have marks for each tenfold only. */
const FINE_DECADES = 2.4

/** Parts of all values by how few lie beyond: 90 %, 99 % and 99.9 % stand equally far apart, up to one in `count`. */
export function percentileAxis(count: number): Axis {
  const end = Math.max(1, Math.log10(count))
  const nines = Array.from({ length: Math.floor(end + 1e-9) }, (_none, index) => 1 - 10 ** -(index + 1))
  const percent: Label = (part) => String(Number((part * 100).toFixed(6)))
  return axisOf((part) => (part >= 1 ? 1 : -Math.log10(1 - part) / end), [0.5, ...nines], percent)
}

const axisOf = (scale: (value: number) => number, marks: readonly number[], label: Label): Axis => {
  const place = (value: number): number => Math.min(1, Math.max(0, scale(value)))
  return { place, ticks: marks.map((value) => ({ at: place(value), label: label(value) })) }
}

/** 1, 2 or 5 times a power of ten. */
function roundUp(value: number): number {
  const decade = 10 ** Math.floor(Math.log10(Math.max(value, 1e-9)))
  return ([1, 2, 5].find((part) => part * decade >= value * (1 - 1e-9)) ?? 10) * decade
}

function roundDown(value: number): number {
  const decade = 10 ** Math.floor(Math.log10(Math.max(value, 1e-9)))
  return ([5, 2, 1].find((part) => part * decade <= value * (1 + 1e-9)) ?? 1) * decade
}
