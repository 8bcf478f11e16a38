// The look of the page: light and dark, from a phone's width on.

export const STYLE: string = `
:root {
  color-scheme: light dark;
  --ground: #f6f6f4; --card: #fff; --ink: #1b1d22; --dim: #5a606c; --line: #dcdee3; --accent: #1f56c4;
  --soft: #eef2fb; --warn: #fdf3e1;
  --solved: #1a7f4b; --demos: #1769aa; --some: #a45f00; --none: #737a86; --missing: #b9bdc6; --wrong: #b3261e;
  --was: #a8aebb;
  --mono: ui-monospace, 'Cascadia Mono', 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #121317; --card: #1b1d23; --ink: #e9eaee; --dim: #a2a9b6; --line: #343842; --accent: #8db1ff;
    --soft: #232a3a; --warn: #33291a;
    --solved: #5fce93; --demos: #6cb8f5; --some: #f0b35a; --none: #8d94a1; --missing: #4d535f; --wrong: #ff9388;
    --was: #676e7d;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body {
  margin: 0 auto; padding: 1.5rem clamp(.75rem, 3vw, 2rem) 4rem; max-width: 76rem;
  background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif;
}
h1, h2, h3, h4, h5, p, ul, ol, dl, dd, figure, fieldset { margin: 0; padding: 0; }
h1 { font-size: 1.35rem; font-weight: 600; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 2rem 0 .6rem; }
h4 { font-size: 1rem; margin: 1.2rem 0 .5rem; }
h5 { font-size: .85rem; font-weight: 600; color: var(--dim); margin-bottom: .35rem; text-transform: capitalize; }
code { font: .9em/1.45 var(--mono); overflow-wrap: anywhere; unicode-bidi: isolate; }
ul, ol { list-style: none; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
[hidden] { display: none !important; }
.skip { position: absolute; left: -99rem; }
.skip:focus { position: fixed; left: 1rem; top: 1rem; z-index: 9; padding: .5rem 1rem; background: var(--card); }
.kicker { color: var(--dim); font-size: .85rem; letter-spacing: .06em; }
.card {
  background: var(--card); border: 1px solid var(--line); border-radius: .7rem;
  padding: 1.1rem clamp(.8rem, 2.5vw, 1.5rem);
}
.notice {
  margin: .6rem 0; padding: .5rem .8rem; border-left: 4px solid var(--some); background: var(--warn);
  overflow-wrap: anywhere;
}
header { margin-bottom: 1.2rem; }

.headline { font-size: 1.15rem; }
.headline strong { font-size: 2.4rem; line-height: 1.1; font-variant-numeric: tabular-nums; }
.stack { display: flex; gap: 3px; height: 1rem; margin: .8rem 0 .6rem; }
.stack i { min-width: 3px; flex-basis: 0; border-radius: 2px; background: var(--none); }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; font-size: .9rem; }
.dot {
  display: inline-block; width: 1.25rem; height: 1.25rem; line-height: 1.25rem; border-radius: 50%; text-align: center;
  font-size: .75rem; font-style: normal; background: var(--none); color: var(--card);
}
.solved { background: var(--solved) !important; } .demos { background: var(--demos) !important; }
.some { background: var(--some) !important; } .missing { background: var(--missing) !important; color: var(--ink); }
dl { margin-top: 1.1rem; border-top: 1px solid var(--line); }
dl > div {
  display: grid; grid-template-columns: 7rem minmax(0, 1fr); padding: .45rem 0; border-bottom: 1px solid var(--line);
}
dl > div:last-child { border: 0; padding-bottom: 0; }
dt { color: var(--dim); }
dd { overflow-wrap: anywhere; }
dd > code + code { margin-left: .8rem; }

.bars { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
.bars + .bars { margin-top: 1.4rem; }
.bars caption { text-align: left; font-weight: 600; padding-bottom: .3rem; }
.bars th, .bars td { text-align: right; font-weight: 400; padding: .2rem 0 .2rem 1rem; white-space: nowrap; }
.bars thead { color: var(--dim); font-size: .85rem; }
.bars th:first-child { text-align: left; padding-left: 0; white-space: normal; }
.bars tbody th code { color: var(--dim); font-size: .78em; }
.bars td { width: 6rem; }
.bars .bar { width: 45%; }
.bar i { display: block; height: .72rem; min-width: 1px; border-radius: 0 3px 3px 0; background: var(--accent); }
.bar i + i { margin-top: 2px; }
.bar i.was {
  background: repeating-linear-gradient(115deg, var(--was) 0 3px, transparent 3px 5px); border: 1px solid var(--was);
}
.bar i.absent { visibility: hidden; }
.bar i.right { background: var(--solved); }

#controls { display: flex; flex-wrap: wrap; gap: .7rem 1rem; align-items: end; margin-bottom: .8rem; }
.field {
  display: flex; flex-direction: column; gap: .2rem; font-size: .85rem; color: var(--dim); flex: 1 1 11rem;
  max-width: 22rem;
}
.field input, .field select {
  font: inherit; font-size: 1rem; color: var(--ink); background: var(--card); border: 1px solid var(--none);
  border-radius: .45rem;
  padding: .45rem .6rem; width: 100%; min-height: 2.6rem;
}
#controls fieldset { border: 0; display: flex; flex-wrap: wrap; gap: .4rem; flex: 1 1 100%; }
legend { font-size: .85rem; color: var(--dim); margin-bottom: .2rem; padding: 0; }
#controls fieldset label { position: relative; }
#controls fieldset input {
  position: absolute; inset: 0; opacity: 0; width: 100%; height: 100%; margin: 0; cursor: pointer;
}
#controls fieldset span {
  display: block; padding: .35rem .8rem; border: 1px solid var(--none); border-radius: 2rem; background: var(--card);
  font-size: .9rem;
}
#controls small { color: var(--dim); font-size: .85em; }
#controls input:checked + span {
  border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); background: var(--soft); font-weight: 600;
}
#controls input:focus-visible + span { outline: 3px solid var(--accent); outline-offset: 2px; }
#count { color: var(--dim); font-size: .9rem; }

#tasks > li { content-visibility: auto; contain-intrinsic-size: auto 4.2rem; margin-bottom: .4rem; }
#tasks > li > details { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; }
#tasks > li > details > summary {
  display: grid;
  grid-template-columns: 6.6rem minmax(7rem, 1.2fr) 10rem repeat(2, 4.6rem) 6.2rem 5.4rem minmax(0, 1.4fr);
  gap: .2rem .8rem;
  align-items: center; padding: .5rem .8rem; cursor: pointer; list-style: none; border-radius: .6rem; font-size: .9rem;
}
#tasks > li > details > summary::-webkit-details-marker { display: none; }
#tasks > li > details > summary:hover { background: var(--soft); }
#tasks > li > details > summary:focus-visible { outline-offset: -3px; }
#tasks h3 { font: 600 1rem var(--mono); overflow-wrap: anywhere; unicode-bidi: isolate; }
.thumbs { display: flex; gap: .4rem; height: 3rem; align-items: center; }
.thumbs svg { width: 3rem; height: 3rem; }
.figure { color: var(--dim); white-space: nowrap; font-variant-numeric: tabular-nums; }
.figure b { color: var(--ink); font-weight: 600; }
.best {
  color: var(--dim); display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden;
}
.cut { border: 1px solid var(--some); color: var(--some); border-radius: 3px; padding: 0 .3rem; font-size: .8rem; }

.body { padding: .2rem 1rem 1rem; border-top: 1px solid var(--line); }
.candidates { border: 0; min-width: 0; margin-top: .7rem; }
.candidates label, .others li {
  display: grid; grid-template-columns: 1rem minmax(0, 1.2fr) minmax(0, 1.2fr) minmax(0, 1fr); gap: 0 .8rem;
  align-items: baseline;
  padding: .35rem .5rem; border-top: 1px solid var(--line); font-size: .9rem; cursor: pointer; overflow-wrap: anywhere;
}
.candidates label:has(:checked) { background: var(--soft); }
input[type=radio] {
  accent-color: var(--accent); width: 1rem; height: 1rem; margin: 0; align-self: start; margin-top: .2rem;
}
.name { grid-column: 2; font-weight: 600; }
.figures { display: flex; flex-wrap: wrap; gap: 0 .9rem; }
.verdicts { color: var(--dim); }
.from { grid-column: 2 / -1; color: var(--dim); font: .78rem/1.4 var(--mono); unicode-bidi: isolate; }
.others { margin-top: .5rem; font-size: .9rem; }
.others > summary { color: var(--accent); cursor: pointer; padding: .3rem .5rem; }
.samples { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(30rem, 100%), 1fr)); gap: .8rem; }
.sample { border: 1px solid var(--line); border-radius: .5rem; padding: .6rem .8rem .8rem; min-width: 0; }
.grids { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: .6rem 1rem; }
figcaption { font-size: .8rem; color: var(--dim); margin-bottom: .3rem; }
figcaption b { color: var(--ink); display: block; font-weight: 600; }
figure svg { display: block; width: min(100%, var(--cells) * 1.5rem); }
svg .lines { fill: none; stroke: #565a62; stroke-width: .06; }
svg text { font: .62px sans-serif; text-anchor: middle; }
svg .frame { fill: none; stroke: #fff; stroke-width: .16; stroke-dasharray: .5 .3; }
svg .frame.under { stroke: #000; stroke-width: .34; stroke-dasharray: none; }
svg .cross { fill: none; stroke: #fff; stroke-width: .13; }
svg .cross.under { stroke: #000; stroke-width: .3; }
.nothing {
  border: 2px dashed var(--none); color: var(--dim); padding: 1.2rem .5rem; text-align: center; font-size: .85rem;
}
.right { color: var(--solved); } .wrong { color: var(--wrong); }
.link { margin-top: 1rem; font-size: .9rem; }

@media (max-width: 52rem) {
  #tasks > li > details > summary { grid-template-columns: 4.4rem repeat(2, minmax(0, 1fr)); }
  .thumbs { grid-row: 1 / span 4; align-self: start; flex-direction: column; height: auto; min-height: 6.4rem; }
  #tasks h3, .best, .state { grid-column: 2 / -1; }
  .candidates label, .others li { grid-template-columns: auto minmax(0, 1fr); }
  .candidates label > span { grid-column: 2; }
  dl > div { grid-template-columns: minmax(0, 1fr); }
}
@media (max-width: 30rem) {
  .grids { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .grids > figure:first-child { grid-column: 1 / -1; }
  .grids > figure:first-child svg { max-width: calc(50% - .5rem); }
  .bars { font-size: .9rem; }
  .bars tr { display: grid; grid-template-columns: minmax(0, 1fr) repeat(var(--columns), 4.4rem); padding: .25rem 0; }
  .bars th, .bars td { width: auto; padding: 0; white-space: normal; }
  .bars .bar { grid-area: 2 / 1 / auto / -1; width: auto; padding-top: .2rem; }
  .bars .bar i { max-width: 100%; }
  .bars thead td, .bars span + code { display: none; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
`;
