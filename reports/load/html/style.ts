import { BASE_STYLE } from '../../html/base-style.ts'

/** The page of a load. Lines have a colour and a word each; those that are like the others in one have the other. */
export const STYLE: string = `${BASE_STYLE}
:root { --l-1: #0b62c4; --l-2: #0a7d72; --l-3: #8a3fc7; --l-4: #a35a00; --l-5: #6b7480; --l-6: #c4242e; }
@media (prefers-color-scheme: dark) {
  :root { --l-1: #6db3ff; --l-2: #4fd1c1; --l-3: #c79bff; --l-4: #f0b34a; --l-5: #8d99a7; --l-6: #ff8087; }
}
.l-response, .l-p50, .l-appended { --l: var(--l-1); } .l-service, .l-read { --l: var(--l-2); }
.l-e2e, .l-p99 { --l: var(--l-3); } .l-check-tail { --l: var(--l-4); }
.l-lag, .l-planned { --l: var(--l-5); } .l-max { --l: var(--l-6); }

.v-VALID, .v-verified { --tone: var(--good); --tone-ground: var(--good-ground); }
.v-SUSPECT { --tone: var(--warn); --tone-ground: var(--warn-ground); }
.v-incomplete { --tone: var(--open); --tone-ground: var(--open-ground); }
.v-INVALID, .v-violated { --tone: var(--bad); --tone-ground: var(--bad-ground); }
.v { background: var(--tone-ground); color: var(--tone); text-transform: lowercase; vertical-align: .1em; }
.verdicts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); gap: .75rem; }
.card { padding: .75rem 1rem .85rem; background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--tone); border-radius: 8px; min-width: 0; }
.card h2 { margin: 0 0 .35rem; font-size: 1rem; }
.card ul { margin: 0; padding: 0; list-style: none; }
.card li { overflow-wrap: anywhere; } .card li + li { margin-top: .3rem; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .75rem; margin: .75rem 0 0; }
.tiles div { padding: .6rem 1rem .7rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
.tiles dt { font-size: .8rem; color: var(--soft); }
.tiles dd { margin: 0; color: var(--soft); } .tiles dd.n { font-size: .8rem; }
.tiles b { font-size: 1.5rem; line-height: 1.25; color: var(--ink); font-variant-numeric: tabular-nums; letter-spacing: -.01em; }

.void b, .void td { text-decoration: line-through; } .void .line { opacity: .4; }

.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); gap: .75rem; }
.plots.small { grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr)); }
.plots + .plots, .scroll + .plots, .plot + .plots { margin-top: .75rem; }
.plot { margin: 0; padding: .85rem 1rem .6rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; min-width: 0; display: flex; flex-direction: column; }
.plot .canvas { margin-top: auto; }
.legend { display: flex; flex-wrap: wrap; gap: .1rem 1rem; margin: 0; padding: 0; list-style: none; font-size: .8rem; color: var(--soft); }
.legend i { display: inline-block; width: 1.4rem; margin-right: .4rem; border-top: 2.5px solid var(--l); vertical-align: .25em; }
.legend .l-service, .legend .l-read { border-top-width: 5px; opacity: .55; }
.legend .l-planned, .legend .l-max { border-top-style: dashed; }
.canvas { padding: .9rem .9rem 24px 3.4rem; }
.canvas svg { display: block; width: 100%; height: 200px; overflow: visible; }
.tall .canvas > svg { height: 340px; }
.canvas svg svg { height: 100%; }
.canvas text { font-size: 11px; fill: var(--soft); font-variant-numeric: tabular-nums; }
.canvas .y { text-anchor: end; } .canvas .x { text-anchor: middle; }
.grid { stroke: var(--line); }
.line { fill: none; stroke: var(--l); stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
.line.tail, .line.l-planned, .line.l-max { stroke-width: 1.5; stroke-dasharray: 4 4; }
.line.l-service:not(.tail), .line.l-read { stroke-width: 5; stroke-opacity: .55; }
.mark { stroke: var(--warn); stroke-width: 1.5; } rect.mark { fill: var(--warn); fill-opacity: .16; stroke: none; }
.hit { fill: transparent; } .hit:hover { fill: var(--soft); fill-opacity: .14; }
.below { margin: 0; text-align: center; font-size: .75rem; color: var(--soft); }

.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; font-variant-numeric: tabular-nums; }
th, td { padding: .4rem .75rem; text-align: right; white-space: nowrap; }
thead th { font-weight: 600; font-size: .8rem; color: var(--soft); border-bottom: 1px solid var(--line); }
th:first-child { position: sticky; left: 0; text-align: left; background: var(--card); }
tbody th { font-weight: 600; } tbody tr + tr > * { border-top: 1px solid var(--line); }
small { display: block; font-weight: 400; font-size: .75rem; color: var(--soft); white-space: normal; min-width: 9rem; max-width: 22rem; }
.faults th, .faults td { text-align: left; vertical-align: top; }
.more + .plots { margin-top: .75rem; }
.told { display: inline-block; white-space: normal; min-width: 11rem; max-width: 26rem; text-align: left; }
details { margin-top: .75rem; } details summary { padding: .25rem 0; color: var(--soft); font-size: .875rem; }
.more { margin: .5rem 0 0; color: var(--soft); font-size: .875rem; }
.facts { padding: .75rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; grid-template-columns: repeat(auto-fit, minmax(min(17rem, 100%), 1fr)); }
.facts dt { flex-basis: 9rem; overflow-wrap: anywhere; }
.facts + .facts, .facts + .scroll { margin-top: .75rem; }
@media (max-width: 46rem) {
  small { display: none; } th, td { padding: .35rem .6rem; }
  .canvas { padding-left: 2.6rem; padding-right: .6rem; } .plot { padding: .75rem .75rem .5rem; }
  .tall .canvas > svg { height: 280px; }
  .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); } .tiles b { font-size: 1.3rem; }
}
@media print { .plot, .card, .scroll { break-inside: avoid; } }
`
