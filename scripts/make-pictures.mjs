// Draws docs/run.svg and docs/eval.svg from what the built command really prints on a terminal (through script(1)).
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

const CHARACTER = 7.83;
const LINE = 17;
const MARGIN = 14;
const INK = '#d6dae0';
/** A colour sequence with its codes, or a character. */
const SEQUENCE_OR_CHARACTER = new RegExp(`${String.fromCharCode(27)}\\[([\\d;]*)m|(.)`, 'gu');
const PLAIN = { bold: false, dim: false, ink: INK, paper: null };

const pictures = {
  run: 'batt run',
  eval: 'batt eval examples/battery.py -i self_tile --data bundled --sample test:0',
};
for (const [name, command] of Object.entries(pictures)) {
  const real = command.replace('batt', 'node dist/batt.js');
  const { stdout } = spawnSync('script', ['-qec', real, '/dev/null'], {
    encoding: 'utf8',
    env: { ...process.env, COLUMNS: '120' },
  });
  writeFileSync(
    `docs/${name}.svg`,
    draw([`$ ${command}`, ...stdout.replaceAll(`${process.cwd()}/`, '').trimEnd().split(/\r?\n/)]),
  );
}

/** Lines of text with SGR sequences as an SVG. */
function draw(lines) {
  const rows = lines.map((line) => cellsOf(line.length > 400 || line.includes('\x1b') ? line : line.slice(0, 120)));
  const width = Math.max(...rows.map((row) => row.length)) * CHARACTER + 2 * MARGIN;
  const height = rows.length * LINE + 2 * MARGIN;
  const body = rows.flatMap((row, r) => runsOf(row).map((run) => drawRun(run, MARGIN + r * LINE)));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.ceil(width)}" height="${height}" font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13">
<title>What ${lines[0].slice(2)} prints</title>
<rect width="100%" height="100%" rx="6" fill="#15181d"/>
${body.filter((part) => part !== '').join('\n')}
</svg>
`;
}

/** One entry a character, with its style. */
function cellsOf(line) {
  const cells = [];
  let style = PLAIN;
  for (const [, codes, character] of line.matchAll(SEQUENCE_OR_CHARACTER)) {
    if (character === undefined) style = styled(style, codes.split(';').map(Number));
    else cells.push({ character, style });
  }
  return cells;
}

function styled(style, codes) {
  let next = style;
  for (let k = 0; k < codes.length; k++) {
    const code = codes[k];
    if (code === 0) next = PLAIN;
    else if (code === 1) next = { ...next, bold: true };
    else if (code === 2) next = { ...next, dim: true };
    else if (code === 22) next = { ...next, bold: false, dim: false };
    else if (code === 31) next = { ...next, ink: '#ff7b72' };
    else if (code === 32) next = { ...next, ink: '#7ee787' };
    else if (code === 39) next = { ...next, ink: INK };
    else if (code === 48 || code === 38) {
      const colour = xterm(codes[k + 2]);
      next = code === 48 ? { ...next, paper: colour } : { ...next, ink: colour };
      k += 2;
    }
  }
  return next;
}

/** A colour of the 256-colour palette. */
function xterm(n) {
  if (n >= 232)
    return `rgb(${Array(3)
      .fill(8 + 10 * (n - 232))
      .join()})`;
  const level = (v) => (v === 0 ? 0 : 55 + 40 * v);
  return `rgb(${[(n - 16) / 36, ((n - 16) / 6) % 6, (n - 16) % 6].map((v) => level(Math.floor(v))).join()})`;
}

/** Neighbouring characters of one style, with the place of the first. */
function runsOf(row) {
  const runs = [];
  row.forEach(({ character, style }, column) => {
    const last = runs.at(-1);
    if (last !== undefined && last.style === style) last.text += character;
    else runs.push({ text: character, style, column });
  });
  return runs;
}

function drawRun({ text, style, column }, top) {
  const x = (MARGIN + column * CHARACTER).toFixed(1);
  const width = (text.length * CHARACTER + 0.3).toFixed(1);
  const paper =
    style.paper === null
      ? ''
      : `<rect x="${x}" y="${top}" width="${width}" height="${LINE + 0.3}" fill="${style.paper}"/>`;
  if (text.trim() === '') return paper;
  const weight = `${style.bold ? ' font-weight="bold"' : ''}${style.dim ? ' opacity="0.6"' : ''}`;
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const length = `textLength="${(text.length * CHARACTER).toFixed(1)}"`;
  return `${paper}<text x="${x}" y="${top + 13}" fill="${style.ink}"${weight} xml:space="preserve" ${length}>${escaped}</text>`;
}
