const CHOICE = 'Best candidates: choose whose outputs to see; wrong cells are crossed, a frame shows the expected size';

function dataOf(row) {
  return JSON.parse(row.querySelector('script').textContent);
}

/** The first demo, small, in the list. */
function drawThumbs(row) {
  const { grids, samples } = dataOf(row);
  row
    .querySelector('.thumbs')
    .append(...samples[0].filter((at) => at !== null).map((at) => drawGrid(rowsOf(grids[at]), '')));
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

function nothing(words) {
  return element('div', { className: 'nothing' }, words);
}

function givenFigure(title, rows, name) {
  return figure(title, size(rows), drawGrid(rows, title + ' of ' + name + ', ' + size(rows)));
}

function outputFigure(rows, expected, name, solver) {
  if (rows === null)
    return figure('Output', verdict(false, 'no grid'), nothing('an error, no grid, or too large to show'));
  const wrong = expected === null ? 0 : wrongCells(rows, expected).length;
  const words = [
    expected === null || size(rows) === size(expected) ? '' : size(rows) + ', not ' + size(expected),
    wrong === 0 ? '' : wrong + ' wrong cell' + (wrong === 1 ? '' : 's'),
  ]
    .filter(Boolean)
    .join('; ');
  const note = expected === null ? size(rows) : verdict(words === '', words || 'right');
  const label = 'Output of ' + solver + ' for ' + name + ', ' + size(rows) + (words && ', ' + words);
  return figure('Output', note, drawGrid(rows, label, expected ?? rows));
}

function candidateWords({ id, figures, verdicts, from }) {
  return [
    element('code', { className: 'name' }, id),
    element('span', { className: 'figures' }, ...figures.map((text) => element('span', { className: 'figure' }, text))),
    element('span', { className: 'verdicts' }, verdicts),
    element('span', { className: 'from' }, from.join(' · ')),
  ];
}

/** A sample: its node, and what puts the output of a candidate into it. */
function sampleOf({ samples, demos }, grids, k) {
  const [input, expectedPlace] = samples[k];
  const name = k < demos ? 'demo ' + (k + 1) : 'test ' + (k - demos + 1);
  const expected = expectedPlace === null ? null : grids[expectedPlace];
  const output = element('div', { className: 'output' });
  const figures = [
    givenFigure('Input', grids[input], name),
    expected === null ? figure('Expected', 'not known', nothing('?')) : givenFigure('Expected', expected, name),
    output,
  ];
  const node = element('section', { className: 'sample' }, element('h5', {}, name));
  node.append(element('div', { className: 'grids' }, ...figures));
  const show = ({ id, outputs }) => {
    output.replaceChildren(outputFigure(outputs[k] === null ? null : grids[outputs[k]], expected, name, id));
  };
  return { node, show };
}

/** The candidates with outputs, one of them chosen. */
function choiceOf(candidates, group, show) {
  const choice = element('fieldset', { className: 'candidates' }, element('legend', {}, CHOICE));
  candidates.forEach((candidate, k) => {
    const radio = element('input', { type: 'radio', name: group, checked: k === 0 });
    radio.addEventListener('change', () => show(candidate));
    choice.append(element('label', {}, radio, ...candidateWords(candidate)));
  });
  return choice;
}

function othersOf(candidates, open) {
  const items = candidates.map((candidate) => element('li', {}, ...candidateWords(candidate)));
  const summary = element('summary', {}, items.length + ' more without kept outputs');
  return element('details', { className: 'others', open }, summary, element('ul', {}, ...items));
}

/** Fills an opened task: notes, the best candidates to choose from, samples with the output of the chosen one. */
function showTask(details) {
  const data = dataOf(details);
  const grids = data.grids.map(rowsOf);
  const samples = data.samples.map((_, k) => sampleOf(data, grids, k));
  const show = (candidate) => {
    for (const sample of samples) sample.show(candidate);
  };
  const body = element('div', { className: 'body' });
  for (const note of data.notes) body.append(element('p', { className: 'notice' }, note));
  const kept = data.candidates.filter(({ outputs }) => outputs !== null);
  const others = data.candidates.filter(({ outputs }) => outputs === null);
  if (kept.length > 0) {
    body.append(choiceOf(kept, 'candidate-' + details.id, show));
    show(kept[0]);
  }
  if (others.length > 0) body.append(othersOf(others, kept.length === 0));
  const nodes = samples.map(({ node }) => node);
  const link = element('a', { href: '#' + encodeURIComponent(details.id) }, 'Link to this task');
  body.append(
    element('h4', {}, 'Demos'),
    element('div', { className: 'samples' }, ...nodes.slice(0, data.demos)),
    element('h4', {}, 'Tests'),
    element('div', { className: 'samples' }, ...nodes.slice(data.demos)),
    element('p', { className: 'link' }, link),
  );
  details.append(body);
}
