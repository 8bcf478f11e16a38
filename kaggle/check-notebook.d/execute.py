"""Executes a notebook in /kaggle/working, and checks it, its outputs and what it has written."""

import json
import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from traitlets.config import Config

notebook = nbformat.read(sys.argv[1], as_version=4)
nbformat.validate(notebook)
ids = [cell.id for cell in notebook.cells]
assert len(set(ids)) == len(ids), f'ids of cells come twice: {ids}'
code = [cell for cell in notebook.cells if cell.cell_type == 'code']
assert all(cell.outputs == [] and cell.execution_count is None for cell in code), 'found outputs, expected none'

os.chdir('/kaggle/working')
# through sockets in files: there is no network
NotebookClient(notebook, timeout=600, config=Config(KernelManager={'transport': 'ipc'})).execute()


def output(cell_id):
    cell = next(cell for cell in code if cell.id == cell_id)
    return ''.join(part.get('text', '') + str(part.get('data', '')) for part in cell.outputs)


def expect(cell_id, *words):
    for word in words:
        assert word in output(cell_id), f'cell {cell_id}: found no {word} in\n{output(cell_id)}'


expect('demo', 'run.sh: unpacking', '14 tasks')
expect('doctor', 'bundle-', '/bin/node')
expect('run', 'tasks, digest', 'main.run_batt')
expect('report', '<iframe srcdoc=', 'report.html')
assert '\x1b[K' not in output('run'), f'found progress lines in the output of the run:\n{output("run")}'

inputs = Path('/kaggle/input')
[challenges] = inputs.glob('**/arc-agi_test_challenges.json')
[solutions] = inputs.glob('**/arc-agi_evaluation_solutions.json')
tasks, answers = json.loads(challenges.read_text()), json.loads(Path('submission.json').read_text())
assert list(answers) == list(tasks), f'found answers to {list(answers)}, expected {list(tasks)}'


def is_grid(grid):
    rows = isinstance(grid, list) and 1 <= len(grid) <= 30 and all(isinstance(row, list) for row in grid)
    return rows and len({len(row) for row in grid}) == 1 and all(cell in range(10) for row in grid for cell in row)


for task, attempts in answers.items():
    assert len(attempts) == len(tasks[task]['test']), f'{task}: found {len(attempts)} answers'
    for attempt in attempts:
        assert sorted(attempt) == ['attempt_1', 'attempt_2'], f'{task}: found {sorted(attempt)}'
        assert all(is_grid(grid) for grid in attempt.values()), f'{task}: found {attempt}, expected two grids'
right = json.loads(solutions.read_text())
for task in ('self_tile', 'quarter_turn'):
    assert [attempt['attempt_1'] for attempt in answers[task]] == right[task], f'{task} is not solved'
assert Path('report.html').read_text().startswith('<!doctype html>'), 'found no page in report.html'
print(f'{len(code)} cells executed, {len(answers)} tasks answered of {challenges}')
