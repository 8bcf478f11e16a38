const list = document.getElementById('tasks');
const controls = document.getElementById('controls');
const search = document.getElementById('search');
const order = document.getElementById('order');
const tasks = Array.from(list.children, (row, place) => {
  const { state, cut, ...figures } = row.dataset;
  const names = Array.from(row.querySelectorAll('[data-find]'), (node) => node.textContent);
  return { row, place, id: names[0], text: names.join(' ').toLowerCase(), state, cut: cut !== undefined, ...figures };
});

function fits(task, filter) {
  if (filter === 'all') return true;
  if (filter === 'cut') return task.cut;
  return filter === 'unsolved' ? task.state !== 'solved' : task.state === filter;
}

/** Puts the tasks that fit into the list, in order: to take the others out is quicker than to hide them one by one. */
function showTasks() {
  const words = search.value.trim().toLowerCase();
  const filter = controls.elements.filter.value;
  const fitting = tasks.filter((task) => fits(task, filter) && task.text.includes(words)).sort(comparison(order.value));
  list.replaceChildren(...fitting.map(({ row }) => row));
  document.getElementById('none').hidden = fitting.length > 0;
  document.getElementById('count').textContent = fitting.length + ' of ' + tasks.length + ' tasks';
}

function comparison(key) {
  if (key === 'place') return (a, b) => a.place - b.place;
  if (key === 'id') return (a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  return (a, b) => b[key] - a[key] || a.place - b.place;
}

controls.addEventListener('input', showTasks);
controls.addEventListener('submit', (event) => event.preventDefault());
showTasks();

list.addEventListener(
  'toggle',
  ({ target }) => {
    if (target.parentNode.parentNode === list && target.open && !target.querySelector('.body')) showTask(target);
  },
  true,
);

const sight = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      sight.unobserve(target);
      drawThumbs(target);
    }
  },
  { rootMargin: '300px' },
);
for (const { row } of tasks) sight.observe(row);

/** Opens the task that the address names, also where the search leaves it out. */
function openNamed() {
  const task = tasks.find(({ row }) => '#' + encodeURIComponent(row.firstChild.id) === location.hash);
  if (task === undefined) return;
  if (!task.row.isConnected) {
    controls.reset();
    showTasks();
  }
  task.row.firstChild.open = true;
  task.row.scrollIntoView();
}
addEventListener('hashchange', openNamed);
openNamed();
