import { type Markup, markup } from '../../markup.ts'
import type { Axis } from './axis.ts'

export interface Line {
  readonly name: string
  /** Which colour it has: `response`, `p50`. The same thing has the same in all plots. */
  readonly kind: string
  /** In the values of the axes; undefined is a gap. */
  readonly points: readonly (readonly [x: number, y: number] | undefined)[]
  /** Drawn, but not listed: the doubtful end of another line. */
  readonly isTail?: boolean
}

/** What a pointer is told between two values of x. */
export interface Hover {
  readonly from: number
  readonly to: number
  readonly text: string
}

/** A time that is marked in the plot, with what happened in it. */
export type Mark = Hover

export interface Plot {
  readonly title: string
  /** `ms, log scale`. */
  readonly unit: string
  /** Under the plot: `seconds`. */
  readonly below: string
  readonly x: Axis
  readonly y: Axis
  /** The first lies on top. */
  readonly lines: readonly Line[]
  readonly hovers?: readonly Hover[]
  /** Under the lines. */
  readonly marks?: readonly Mark[]
  /** What it shows, for who does not see it. */
  readonly alt: string
}

/** Paths are drawn on a square of this side, which stretches with the page; texts and strokes do not. */
const SIDE = 1000

/** A line plot as wide as there is room, in SVG alone. */
export function plot({ title, unit, below, x, y, lines, hovers = [], marks = [], alt }: Plot): Markup {
  const legend = lines.filter(({ isTail }) => isTail !== true)
  return markup`<figure class="plot"><figcaption>${title} <span class="n">${unit}</span></figcaption>
${legend.length < 2 ? undefined : markup`<ul class="legend">${legend.map(({ name, kind }) => markup`<li><i class="l-${kind}"></i>${name}</li>`)}</ul>`}
<div class="canvas"><svg role="img" aria-label="${alt}">
${y.ticks.map(({ at, label }) => markup`<line class="grid" x2="100%" y1="${length(1 - at)}" y2="${length(1 - at)}"/><text class="y" x="-8" y="${length(1 - at)}" dy="4">${label}</text>`)}
${x.ticks.map(({ at, label }) => markup`<line class="grid" y2="100%" x1="${length(at)}" x2="${length(at)}"/><text class="x" x="${length(at)}" y="100%" dy="18">${label}</text>`)}
${marks.map(({ from, to, text }) => markup`<rect class="mark" x="${length(x.place(from))}" width="${length(x.place(to) - x.place(from))}" height="100%"/><line class="mark" x1="${length(x.place(from))}" x2="${length(x.place(from))}" y2="100%"><title>${text}</title></line>`)}
<svg viewBox="0 0 ${SIDE} ${SIDE}" preserveAspectRatio="none">${lines.toReversed().map((line) => path(line, x, y))}</svg>
${hovers.map(({ from, to, text }) => markup`<rect class="hit" x="${length(x.place(from))}" width="${length(x.place(to) - x.place(from))}" height="100%"><title>${text}</title></rect>`)}
</svg></div><p class="below">${below}</p></figure>
`
}

function path({ kind, points, isTail }: Line, x: Axis, y: Axis): Markup {
  let isDown = false
  const steps = points.map((point) => {
    if (point === undefined) {
      isDown = false
      return ''
    }
    const [across, up] = [x.place(point[0]), 1 - y.place(point[1])]
    const step = `${isDown ? 'L' : 'M'}${digits(across * SIDE)} ${digits(up * SIDE)}`
    // A point that stands alone is a dot: a line of no length with round ends.
    const dot = isDown ? '' : 'h0'
    isDown = true
    return step + dot
  })
  return markup`<path class="line l-${kind}${isTail === true ? ' tail' : ''}" vector-effect="non-scaling-stroke" d="${steps.join('')}"/>`
}

/** Of the side of a plot, as SVG has lengths: this is no text. */
const length = (part: number): string => `${digits(part * 100)}%`
const digits = (value: number): string => String(Number(value.toFixed(2)))
