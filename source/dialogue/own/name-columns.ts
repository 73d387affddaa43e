import { type ColumnEdit, nameProblem } from '../../activation/content/column-edits.ts';
import { listText } from '../../locale/texts.ts';
import { columnRows, columnsRefusal, marked } from '../../pages/content/columns.ts';
import { selectedOf } from '../../wizard/columns.ts';
import type { Answer } from '../../wizard/answers.ts';
import { reduce } from '../../wizard/reducer.ts';
import { askLine, type Dialogue, happened, type Turn, turnOf } from '../dialogue.ts';
import { commandIn, plain } from '../io.ts';

/** The columns by their numbers: what each is called, their order, and what else becomes one. */
export async function nameColumns(dialogue: Dialogue): Promise<Turn> {
  const { io, text } = dialogue;
  let { state } = dialogue;
  const keep = (answer: Answer): void => {
    const event = { type: 'kept', answer } as const;
    state = reduce(state, event);
    dialogue.note(event);
  };
  const edit = (value: ColumnEdit): void => keep({ of: 'columns', value });
  const sayColumn = (at: number): void => {
    const row = columnRows({ state, text })[at];
    if (!row) return;
    const facts = [
      row.source,
      text('columns.exampleOf', { example: row.example }),
      row.isMust ? text('attributes.must') : '',
      row.isKey ? text('attributes.key') : '',
      row.problem ?? '',
    ];
    const hint = listText(
      text,
      facts.filter((one) => one !== ''),
    );
    io.say(`  ${at + 1}. ${text('dialogue.hint', { label: row.column, hint })}`);
  };
  const sayAll = (): void => columnRows({ state, text }).forEach((_, at) => sayColumn(at));

  sayAll();
  dialogue.hintOnce(text('dialogue.columnsHint'));
  for (;;) {
    const reply = await askLine({ ...dialogue, state }, text('dialogue.columns'));
    if (reply.kind !== 'value') return turnOf(reply);
    const said = commandIn(reply.value) ?? plain(reply.value);
    if (said === '') {
      const why = columnsRefusal({ state, text });
      if (why === undefined) return happened({ type: 'continued' });
      io.say(why);
      continue;
    }
    if (said === ':i') return happened({ type: 'opened', editor: 'identityColumn', scope: [] });
    if (said === ':a') return happened({ type: 'opened', editor: 'arrayColumn', scope: [] });
    const [, letter = '', ...numbers] = /^(?::([oxsmk])\s+)?(\d{1,4})(?:\s+(\d{1,4}))?$/.exec(said) ?? [];
    const [at = Number.NaN, to = Number.NaN] = numbers.map((one) => Number(one) - 1);
    const selected = selectedOf(state.draft);
    const path = state.draft.attributes[at];
    if (path === undefined || (letter === 'o' && selected[to] === undefined)) {
      io.say(Number.isNaN(at) ? text('dialogue.columnsHint') : text('dialogue.noNumber', { number: at + 1 }));
      continue;
    }
    switch (letter) {
      case 'o':
        edit({ kind: 'moved', at, to });
        sayAll();
        break;
      case 'x':
        if (selected.length > 1) edit({ kind: 'removed', at });
        sayAll();
        break;
      case 's':
        edit({ kind: 'reshaped', at, by: 1 });
        sayColumn(at);
        break;
      case 'm':
      case 'k': {
        const meant = marked(letter === 'm' ? 'mandatory' : 'deduplication', path, { ...dialogue, state });
        if ('refusal' in meant) io.say(meant.refusal);
        else keep(meant.answer);
        sayColumn(at);
        break;
      }
      default: {
        const name = await askLine({ ...dialogue, state }, text('dialogue.columnName'));
        if (name.kind === 'leave') return turnOf(name);
        if (name.kind === 'back' || name.value.trim() === '') break;
        const wrong = nameProblem(selected, at, name.value);
        if (wrong) io.say(text(wrong.id, wrong.values));
        else edit({ kind: 'renamed', at, name: name.value });
        sayColumn(at);
      }
    }
  }
}
