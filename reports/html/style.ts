import { BASE_STYLE } from './base-style.ts'

/** The page of a run of the suite. */
export const STYLE: string = `${BASE_STYLE}
.o-conformant { --tone: var(--good); }
.o-not-conformant { --tone: var(--bad); }
.bar { display: flex; gap: 2px; height: 10px; border-radius: 5px; overflow: hidden; background: var(--line); }
.bar i { min-width: 4px; }
.b-pass { background: var(--good); } .b-fail, .b-error { background: var(--bad); }
.b-warn, .b-expected { background: var(--warn); } .b-inconclusive { background: var(--open); }
.counts { display: flex; flex-wrap: wrap; gap: .5rem; margin: .75rem 0 1.25rem; }
button { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 6px; cursor: pointer; }
button:hover { border-color: var(--soft); }
.count { padding: .3rem .7rem; color: var(--soft); }
.count b { color: var(--ink); font-size: 1.05rem; font-variant-numeric: tabular-nums; }
.count[aria-pressed="true"] { border-color: var(--link); box-shadow: inset 0 0 0 1px var(--link); color: var(--ink); }
.c-pass b { color: var(--good); } .c-fail b, .c-error b { color: var(--bad); }
.c-warn b, .c-expected b { color: var(--warn); } .c-inconclusive b { color: var(--open); }

.v-pass { background: var(--good-ground); color: var(--good); }
.v-fail, .v-error { background: var(--bad-ground); color: var(--bad); }
.v-warn, .v-expected { background: var(--warn-ground); color: var(--warn); }
.v-inconclusive { background: var(--open-ground); color: var(--open); }

.contents { margin: 0 0 1.25rem; padding: 0; list-style: none; columns: 22rem; column-gap: 2rem; font-size: .9rem; }
.contents li { break-inside: avoid; padding: .1rem 0; }
.contents a { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 13px; }
.finding { margin: 0 0 1rem; padding: 1rem 1.25rem 1.25rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
.finding:target { border-color: var(--link); box-shadow: 0 0 0 1px var(--link); }
.finding h3 { line-height: 1.7; }
.finding h3 a { color: inherit; text-decoration: none; font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.finding h3 a:hover { text-decoration: underline; }
blockquote { margin: 0; padding-left: .85rem; border-left: 3px solid var(--line); overflow-wrap: anywhere; }
cite { display: block; font-size: .8rem; font-style: normal; color: var(--soft); }
.reason { margin: 0; font-weight: 600; overflow-wrap: anywhere; white-space: pre-line; }
.request { margin: 0; color: var(--soft); overflow-wrap: anywhere; }
.forgiven { margin: 0; color: var(--soft); } .forgiven b { color: var(--warn); }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: .75rem; }
.side { padding: .6rem .8rem; border-radius: 6px; min-width: 0; }
.side pre { font-size: 14px; }
.expected { background: var(--good-ground); } .expected h4 { color: var(--good); }
.actual { background: var(--bad-ground); } .actual h4 { color: var(--bad); }
.f-warn .actual, .f-expected .actual { background: var(--warn-ground); } .f-warn .actual h4, .f-expected .actual h4 { color: var(--warn); }
.transcript summary, .timeline summary, .more-drawn > summary { color: var(--soft); font-size: .875rem; }
.transcript pre, .command pre { margin-top: .35rem; padding: .6rem .8rem; background: var(--code); border-radius: 6px; }
.transcript pre { max-height: 32rem; overflow: auto; }
.transcript span { display: inline-block; width: 100%; padding-left: 2ch; text-indent: -2ch; }
.out { color: var(--out); } .gap { color: var(--soft); }
.out + .in, .in + .out { margin-top: .35rem; }
.command { position: relative; }
.command pre { padding-right: 5.5rem; max-height: 12rem; overflow: auto; }
.copy { position: absolute; right: .4rem; bottom: .35rem; padding: .1rem .55rem; font-size: .8rem; color: var(--soft); }
.seen { margin: 0; padding-left: 1.1rem; color: var(--soft); overflow-wrap: anywhere; font-size: .9rem; }
.file { margin: 0; font-size: .875rem; color: var(--soft); overflow-wrap: anywhere; }

.timeline { margin: 0; }
.more-drawn .timeline { margin-top: .8rem; }
.scroll { overflow-x: auto; background: var(--code); border-radius: 6px; padding: .5rem .5rem .25rem; }
.timeline svg { display: block; }
.timeline text { font-size: 11px; fill: var(--ink); }
.timeline .lane { font-size: 12px; fill: var(--soft); }
.timeline .time { font-size: 10px; fill: var(--soft); text-anchor: start; }
.tick { stroke: var(--line); stroke-dasharray: 2 3; }
.op rect { fill: var(--none-ground); stroke: var(--soft); }
.op .got { fill: var(--soft); }
.evidence rect { fill: var(--bad-ground); stroke: var(--bad); stroke-width: 1.5; }
.evidence .got { fill: var(--bad); font-weight: 600; }
.open rect { stroke-dasharray: 5 3; }

.finding > * + * { margin-top: .8rem; }
.finding > .reason + .request { margin-top: .15rem; }

.tools { position: sticky; top: 0; z-index: 1; display: flex; gap: .5rem; margin: 0 -1.25rem; padding: .6rem 1.25rem; background: var(--ground); }
.tools input { flex: 1; min-width: 0; padding: .5rem .75rem; font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 6px; }
.tools button { padding: 0 .9rem; white-space: nowrap; }
.area { margin: 1.25rem 0 0; }
.area h3 { margin-bottom: .4rem; }
.row { background: var(--card); border: 1px solid var(--line); border-top-width: 0; }
.area h3 + .row { border-top-width: 1px; border-radius: 8px 8px 0 0; }
.row:last-child { border-radius: 0 0 8px 8px; }
.row summary { display: grid; grid-template-columns: 6.8rem 6.6rem 1fr auto 4rem; gap: .75rem; align-items: baseline; padding: .35rem .85rem; list-style: none; }
.row summary::-webkit-details-marker { display: none; }
.row summary:hover, .row[open] summary { background: var(--code); }
.row .title { min-width: 0; overflow-wrap: anywhere; }
.row .on, .row .ms { color: var(--soft); font-size: 12px; } .row .ms { text-align: right; }
.row .v { justify-self: start; }
.row[data-verdict^="not-"] .title { color: var(--soft); }
.more { padding: .5rem .85rem .85rem; }
.more p { margin: 0 0 .4rem; overflow-wrap: anywhere; }
.source { color: var(--soft); font-size: .85rem; }
@media (max-width: 46rem) {
  .tools { margin: 0 -.85rem; padding: .6rem .85rem; }
  .row summary { grid-template-columns: auto 1fr auto; gap: .1rem .6rem; } .row .title { grid-column: 1 / -1; } .row .on { display: none; } .row .ms { grid-area: 1 / 3; }
  .finding { padding: .85rem .9rem 1rem; }
}
@media print { .tools, .copy { display: none; } .finding, .row { break-inside: avoid; } }
`
