/** Light and dark by the reader's system; one column on a phone; no navigation on paper. */
export const STYLE: string = `
:root { color-scheme: light dark;
  --ground: light-dark(#fff, #0f1318); --side: light-dark(#f6f7f9, #141920); --ink: light-dark(#1b2027, #e4e8ed);
  --soft: light-dark(#57606c, #9ba6b3); --line: light-dark(#dde1e7, #2b323c); --code: light-dark(#f5f6f8, #171c23);
  --link: light-dark(#0b5cad, #74b6ff); --good: light-dark(#176f31, #57d27b); --bad: light-dark(#c4242e, #ff8087);
  --warn: light-dark(#8a5a00, #eab54d); }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; display: grid; grid-template-columns: 15rem minmax(0, 1fr); background: var(--ground); color: var(--ink);
  font: 16px/1.6 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1.5rem 1rem; background: var(--side);
  border-right: 1px solid var(--line); font-size: .9rem; }
nav ol { list-style: none; margin: 1rem 0; padding: 0; }
nav li a { display: block; padding: .25rem .5rem; border-radius: 6px; color: var(--ink); text-decoration: none; }
nav li a:hover { background: var(--line); }
nav li a[aria-current] { background: var(--line); font-weight: 600; }
.home { font-weight: 700; color: var(--ink); text-decoration: none; padding: 0 .5rem; }
main { max-width: 52rem; padding: 2.5rem 2rem 6rem; }
.id { white-space: nowrap; font-size: .8em; }
a { color: var(--link); text-underline-offset: 2px; text-decoration-thickness: 1px; }
h1 { font-size: 2.25rem; line-height: 1.15; letter-spacing: -.02em; margin: 0 0 1rem; }
h2 { margin: 2.5rem 0 .75rem; font-size: 1.35rem; }
h3 { margin: 0 0 .25rem; font-size: 1.05rem; }
code, pre, .id, .file { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .86em; }
:not(pre) > code { background: var(--code); border-radius: 4px; padding: .1em .3em; overflow-wrap: anywhere; }
pre { background: var(--code); border: 1px solid var(--line); border-radius: 8px; padding: .75rem 1rem; overflow-x: auto; margin: .5rem 0; line-height: 1.5; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; display: block; overflow-x: auto; }
th, td { text-align: left; padding: .4rem .75rem; border-bottom: 1px solid var(--line); vertical-align: top; }
.n, .file, .source, .omitted { color: var(--soft); font-weight: 400; }
.source, .omitted { font-size: .85rem; overflow-wrap: anywhere; }
.row { border-top: 1px solid var(--line); padding: 1.5rem 0 1rem; }
.row:target { background: linear-gradient(90deg, color-mix(in srgb, var(--link) 12%, transparent), transparent); box-shadow: -4px 0 0 var(--link); }
.row p { margin: .4rem 0; }
.note { border-left: 3px solid var(--line); padding-left: .75rem; color: var(--soft); font-size: .92rem; }
.tag { font-size: .72rem; color: var(--soft); border: 1px solid var(--line); border-radius: 4px; padding: .05rem .35rem; white-space: nowrap; }
.verdict-pass { color: var(--good); } .verdict-fail { color: var(--bad); } .verdict-warn, .verdict-expected { color: var(--warn); }
summary { cursor: pointer; padding: .2rem 0; }
details { margin: .25rem 0; }
.exchange { border-left: 3px solid var(--line); padding-left: 1rem; margin: 1rem 0; }
.frames { padding-left: 1.25rem; }
.mutants { line-height: 2; }
.shiki { background-color: var(--code) !important; }
.skip { position: absolute; left: -100rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--ground); padding: .5rem; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
@media (max-width: 50rem) { body { display: block; } nav { position: static; height: auto; } nav ol { columns: 2; } main { padding: 1.5rem 1rem 4rem; } }
@media print { nav { display: none; } body { display: block; } details:not([open]) > *:not(summary) { display: none; } }
`
