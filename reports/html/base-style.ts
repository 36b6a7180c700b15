/**
 * What the pages have in common: light and dark by what the reader's system asks for, the head, facts and notes. Every
 * colour of text has a contrast of 4.5 and more on its ground.
 */
export const BASE_STYLE: string = `
:root {
  --ground: #f6f7f9; --card: #fff; --ink: #1b2027; --soft: #57606c; --line: #dde1e7; --code: #f1f3f6;
  --good: #176f31; --bad: #c4242e; --warn: #8a5a00; --open: #7a4bb5; --none: #5d6672;
  --good-ground: #e6f4ea; --bad-ground: #fdebec; --warn-ground: #fdf3dc; --open-ground: #f2ebfb; --none-ground: #eceff3;
  --link: #0b5cad; --out: #0b5cad; --in: #1b2027;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0f1318; --card: #171c23; --ink: #e4e8ed; --soft: #9ba6b3; --line: #2b323c; --code: #10151b;
    --good: #57d27b; --bad: #ff8087; --warn: #eab54d; --open: #c59bff; --none: #9ba6b3;
    --good-ground: #12291a; --bad-ground: #33171a; --warn-ground: #2e2410; --open-ground: #261a38; --none-ground: #222933;
    --link: #74b6ff; --out: #74b6ff; --in: #e4e8ed;
  }
}
* { box-sizing: border-box; }
html { color-scheme: light dark; scroll-padding-top: 4.5rem; -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; max-width: 72rem; padding: 0 1.25rem 3rem; background: var(--ground); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: 2px; }
pre, code, .id, .request, .ms, .on, .timeline text { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 13px; }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
h2 { margin: 2.5rem 0 .75rem; font-size: 1.25rem; }
h3 { margin: 0; font-size: 1rem; }
h4 { margin: 0 0 .25rem; font-size: .75rem; font-weight: 600; color: var(--soft); }
.n { font-weight: 400; color: var(--soft); }
.tag { font-size: .7rem; font-weight: 600; color: var(--soft); border: 1px solid var(--line); border-radius: 4px; padding: .05rem .35rem; white-space: nowrap; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
[hidden] { display: none !important; }

header { padding: 2.25rem 0 0; --tone: var(--open); }
.what { margin: 0; color: var(--soft); overflow-wrap: anywhere; }
.what b { color: var(--ink); font-weight: 600; }
h1 { margin: .1rem 0 0; font-size: clamp(2rem, 6vw, 3rem); line-height: 1.15; letter-spacing: -.02em; color: var(--tone); }
.why { margin: .25rem 0 1.25rem; font-size: 1.05rem; overflow-wrap: anywhere; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(19rem, 1fr)); gap: .35rem 2rem; margin: 0; font-size: .875rem; }
.facts div { display: flex; gap: .75rem; }
.facts dt { flex: 0 0 6rem; color: var(--soft); }
.facts dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.note { margin: .75rem 0 0; padding: .5rem .75rem; background: var(--warn-ground); border-radius: 6px; overflow-wrap: anywhere; }
.note b { color: var(--warn); } .note.stale { background: var(--bad-ground); } .note.stale b { color: var(--bad); }
.v { display: inline-block; padding: .05rem .45rem; border-radius: 4px; font-size: .75rem; font-weight: 600; white-space: nowrap; background: var(--none-ground); color: var(--none); }
summary { cursor: pointer; }
figcaption { font-size: .95rem; font-weight: 600; margin-bottom: .35rem; overflow-wrap: anywhere; }
footer { margin-top: 3rem; color: var(--soft); font-size: .8rem; }
@media (max-width: 46rem) { body { padding: 0 .85rem 2rem; } }
@media print { body { max-width: none; } }
`
