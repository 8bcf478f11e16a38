// ARC's ten colours; 10..15, which are none, as greys with their number.
const COLOURS = [
  '#000',
  '#0074d9',
  '#ff4136',
  '#2ecc40',
  '#ffdc00',
  '#aaa',
  '#f012be',
  '#ff851b',
  '#7fdbff',
  '#870c25',
  '#2b2b2b',
  '#484848',
  '#666',
  '#888',
  '#c4c4c4',
  '#e6e6e6',
];

/** The rows of a grid's text, a hexadecimal digit a cell, rows joined by '/'. */
function rowsOf(text) {
  return text.split('/').map((row) => Array.from(row, (digit) => Number.parseInt(digit, 16)));
}

/** The [row, column] of the cells that differ in the part that two grids have in common, their top left. */
function wrongCells(rows, expected) {
  const wrong = [];
  rows.forEach((row, r) =>
    row.forEach((cell, c) => {
      if ((expected[r]?.[c] ?? cell) !== cell) wrong.push([r, c]);
    }),
  );
  return wrong;
}

function svg(name, attributes) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

/** An element with properties and children; texts are texts, never markup. */
function element(name, fields, ...children) {
  const node = Object.assign(document.createElement(name), fields);
  node.append(...children);
  return node;
}

/** A grid as a picture; cells that the expected grid has otherwise are crossed, a frame shows where that one ends. */
function drawGrid(rows, label, expected = rows) {
  const height = rows.length;
  const width = rows[0].length;
  const node = svg('svg', {
    viewBox: '-.05 -.05 ' + (width + 0.1) + ' ' + (height + 0.1),
    role: 'img',
    'aria-label': label,
  });
  node.style.setProperty('--cells', Math.max(width, 3));
  const paths = new Map();
  const numbers = [];
  rows.forEach((row, r) => {
    for (let c = 0; c < width; ) {
      const from = c;
      while (c < width && row[c] === row[from]) if (row[c++] > 9) numbers.push([r, c - 1]);
      paths.set(row[from], (paths.get(row[from]) ?? '') + 'M' + from + ' ' + r + 'h' + (c - from) + 'v1H' + from + 'z');
    }
  });
  for (const [colour, d] of paths) node.append(svg('path', { fill: COLOURS[colour], d }));
  let lines = '';
  for (let r = 0; r <= height; r++) lines += 'M0 ' + r + 'h' + width;
  for (let c = 0; c <= width; c++) lines += 'M' + c + ' 0v' + height;
  node.append(svg('path', { class: 'lines', d: lines }));
  for (const [r, c] of numbers) {
    const number = svg('text', { x: c + 0.5, y: r + 0.7, fill: rows[r][c] > 12 ? '#000' : '#fff' });
    number.textContent = rows[r][c];
    node.append(number);
  }
  const shape = { width: Math.min(width, expected[0].length), height: Math.min(height, expected.length) };
  if (shape.width < width || shape.height < height) {
    node.append(svg('rect', { class: 'frame under', ...shape }), svg('rect', { class: 'frame', ...shape }));
  }
  const wrong = wrongCells(rows, expected);
  if (wrong.length > 0) {
    const d = wrong.map(([r, c]) => 'M' + (c + 0.2) + ' ' + (r + 0.2) + 'l.6 .6m0-.6l-.6 .6').join('');
    node.append(svg('path', { class: 'cross under', d }), svg('path', { class: 'cross', d }));
  }
  return node;
}
