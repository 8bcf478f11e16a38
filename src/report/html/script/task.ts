// Part of the page's script: what a task shows when it is opened.

/** `drawThumbs(row)`, `showTask(details)`. */
export const TASK: string = `
function dataOf(row) {
  return JSON.parse(row.querySelector('script').textContent);
}

/** The first demo, small, in the list. */
function drawThumbs(row) {
  const { grids, samples } = dataOf(row);
  row.querySelector('.thumbs').append(...samples[0].filter((at) => at !== null).map((at) => drawGrid(rowsOf(grids[at]), '')));
}

function size(rows) {
  return rows.length + ' × ' + rows[0].length;
}

function figure(title, note, content) {
  return element('figure', {}, element('figcaption', {}, element('b', {}, title), ' ', note), content);
}

/** A sign, so that right and wrong differ not by colour alone, and words. */
function verdict(right, words) {
  return element('span', { className: right ? 'right' : 'wrong' }, (right ? '✓ ' : '✗ ') + words);
}

function outputFigure(rows, expected, name, solver) {
  if (rows === null) return figure('Output', verdict(false, 'no grid'), element('div', { className: 'nothing' }, 'an error, no grid, or too large to show'));
  const wrong = expected === null ? 0 : wrongCells(rows, expected).length;
  const words = [
    expected === null || size(rows) === size(expected) ? '' : size(rows) + ', not ' + size(expected),
    wrong === 0 ? '' : wrong + ' wrong cell' + (wrong === 1 ? '' : 's'),
  ].filter(Boolean).join('; ');
  const note = expected === null ? size(rows) : verdict(words === '', words || 'right');
  return figure('Output', note, drawGrid(rows, 'Output of ' + solver + ' for ' + name + ', ' + size(rows) + (words && ', ' + words), expected ?? rows));
}

function candidateWords({ id, figures, verdicts, from }) {
  return [
    element('code', { className: 'name' }, id),
    element('span', { className: 'figures' }, ...figures.map((text) => element('span', { className: 'figure' }, text))),
    element('span', { className: 'verdicts' }, verdicts),
    element('span', { className: 'from' }, from.join(' · ')),
  ];
}

/** Fills an opened task: its notes, the best candidates to choose from, its samples with the output of the chosen one. */
function showTask(details) {
  const data = dataOf(details);
  const grids = data.grids.map(rowsOf);
  const id = details.querySelector('h3').textContent;
  const body = element('div', { className: 'body' });
  for (const note of data.notes) body.append(element('p', { className: 'notice' }, note));

  const outputs = [];
  const samples = data.samples.map(([input, expected], k) => {
    const isDemo = k < data.demos;
    const name = isDemo ? 'demo ' + (k + 1) : 'test ' + (k - data.demos + 1);
    const expectedRows = expected === null ? null : grids[expected];
    const place = element('div', { className: 'output' });
    outputs.push((candidate) => {
      const at = candidate.outputs[k];
      place.replaceChildren(outputFigure(at === null ? null : grids[at], expectedRows, name, candidate.id));
    });
    return element('section', { className: 'sample' },
      element('h5', {}, name),
      element('div', { className: 'grids' },
        figure('Input', size(grids[input]), drawGrid(grids[input], 'Input of ' + name + ', ' + size(grids[input]))),
        expectedRows === null
          ? figure('Expected', 'not known', element('div', { className: 'nothing' }, '?'))
          : figure('Expected', size(expectedRows), drawGrid(expectedRows, 'Expected output of ' + name + ', ' + size(expectedRows))),
        place));
  });

  const chosen = data.candidates.filter((candidate) => candidate.outputs !== null);
  const others = data.candidates.filter((candidate) => candidate.outputs === null);
  if (chosen.length > 0) {
    const choice = element('fieldset', { className: 'candidates' }, element('legend', {}, 'Best candidates: choose whose outputs to see; wrong cells are crossed, a frame shows the expected size'));
    chosen.forEach((candidate, k) => {
      const radio = element('input', { type: 'radio', name: 'candidate-' + id, checked: k === 0 });
      radio.addEventListener('change', () => outputs.forEach((show) => show(candidate)));
      choice.append(element('label', {}, radio, ...candidateWords(candidate)));
    });
    body.append(choice);
    outputs.forEach((show) => show(chosen[0]));
  }
  if (others.length > 0) {
    body.append(element('details', { className: 'others', open: chosen.length === 0 },
      element('summary', {}, others.length + ' more without kept outputs'),
      element('ul', {}, ...others.map((candidate) => element('li', {}, ...candidateWords(candidate))))));
  }
  body.append(
    element('h4', {}, 'Demos'), element('div', { className: 'samples' }, ...samples.slice(0, data.demos)),
    element('h4', {}, 'Tests'), element('div', { className: 'samples' }, ...samples.slice(data.demos)),
    element('p', { className: 'link' }, element('a', { href: '#' + encodeURIComponent(details.id) }, 'Link to this task')));
  details.append(body);
}
`;
