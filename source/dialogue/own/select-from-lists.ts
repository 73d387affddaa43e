import { filterSegments, type SegmentFilter } from '../../activation/content/segment-filter.ts';
import { attributes, deduplication, mandatory } from '../../pages/content/attributes.ts';
import { chosenSegments } from '../../pages/content/chosen-segments.ts';
import { filterFields, filterValues, toFilter } from '../../pages/content/segment-filter-fields.ts';
import { type Pasted, pastedSegments, pastedText } from '../../pages/content/pasted-segments.ts';
import { segments } from '../../pages/content/segments.ts';
import { askFields } from '../ask/ask-fields.ts';
import { columnNames, namesColumns } from '../../wizard/columns.ts';
import { reduce } from '../../wizard/reducer.ts';
import { type Dialogue, happened, type Turn } from '../dialogue.ts';
import { select } from '../kinds/select.ts';

/** Segments can be filtered. */
export function selectSegments(dialogue: Dialogue): Promise<Turn> {
  const { text, services, state } = dialogue;
  const before = state.draft.segments;
  let filter: SegmentFilter = {};
  return select(dialogue, segments, {
    nameOf: (id) => before.find((one) => one.id === id)?.name,
    hint: text('dialogue.filterHint'),
    async other(said, list, selected) {
      if (said !== ':f') return taken(dialogue, pastedSegments([said], list.segments), selected);
      const answers = await askFields(dialogue, {
        fieldsOf: () => filterFields(text, list.segments),
        values: filterValues(filter),
      });
      if (answers.kind === 'value') filter = toFilter(answers.value);
      const left = filterSegments(list.segments, filter, services.now());
      return { rows: segments.rows(dialogue, { ...list, segments: left }) };
    },
    done: (ids, list) =>
      text('dialogue.selected', { name: chosenSegments(ids, list.segments, before).map(({ name }) => name) }),
  });
}

/** Ids and whole names, pasted or typed: all of them are selected, and told. */
function taken(
  { io, text }: Dialogue,
  pasted: Pasted | undefined,
  selected: readonly string[],
): { selected: readonly string[] } | undefined {
  if (pasted === undefined) return undefined;
  for (const line of pastedText(pasted, true, text)) io.say(line);
  return { selected: [...selected, ...pasted.ids.filter((id) => !selected.includes(id))] };
}

/** The columns, then which of them must be there, then which tell people apart: one page, three questions. */
export async function selectAttributes(dialogue: Dialogue): Promise<Turn> {
  const { io } = dialogue;
  const parts = [mandatory, deduplication];
  for (;;) {
    const columns = await selectColumns(dialogue);
    if (columns.kind === 'leave' || columns.outcome.type !== 'answered') return columns;
    let state = reduce(dialogue.state, { type: 'kept', answer: columns.outcome.answer });
    let at = 0;
    while (at >= 0 && at < parts.length) {
      const part = parts[at] ?? mandatory;
      io.say(part.question(dialogue));
      const turn = await select({ ...dialogue, state }, part);
      if (turn.kind === 'leave') return turn;
      if (turn.outcome.type !== 'answered') at--;
      else {
        state = reduce(state, { type: 'kept', answer: turn.outcome.answer });
        dialogue.note({ type: 'kept', answer: turn.outcome.answer });
        at++;
      }
    }
    if (at > 0) {
      const value = state.draft.attributes;
      // In lines nobody sees a key for it, so what the columns are called is asked.
      return happened({
        type: 'answered',
        answer: { of: 'attributes', value, isNaming: namesColumns(state.draft) },
      });
    }
    io.say(attributes.question(dialogue));
  }
}

/** The order of attributes is the order of the columns. */
function selectColumns(dialogue: Dialogue): Promise<Turn> {
  const { text, io } = dialogue;
  return select(dialogue, attributes, {
    hint: text('dialogue.orderHint'),
    other(said, _, selected) {
      const moved = /^:o(\s|$)/.test(said) ? reordered(dialogue, said, selected) : undefined;
      if (moved) io.say(text('dialogue.order', { names: moved }));
      return Promise.resolve(moved && { selected: moved });
    },
    done: (attributes) =>
      text('attributes.header', { columns: columnNames({ ...dialogue.state.draft, attributes }) }),
  });
}

/** `:o 3 1`: the third becomes the first. */
function reordered({ io, text }: Dialogue, said: string, selected: readonly string[]): readonly string[] {
  const [from = 0, to = 0] = said.slice(2).trim().split(/\s+/).map(Number);
  const one = selected[from - 1];
  if (one === undefined || !Number.isInteger(to) || to < 1 || to > selected.length) {
    io.say(text('dialogue.badOrder', { most: selected.length }));
    return selected;
  }
  const others = selected.filter((path) => path !== one);
  return [...others.slice(0, to - 1), one, ...others.slice(to - 1)];
}
