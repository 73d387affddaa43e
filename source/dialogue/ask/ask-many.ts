import {
  indexRows,
  type ListRow,
  search,
  type SearchIndex,
} from '../../components/searchable-list/search.ts';
import { listText } from '../../locale/texts.ts';
import { answered, askLine, type Dialogue, withHint } from '../dialogue.ts';
import { commandIn, plain, type Reply } from '../io.ts';

export interface Many {
  readonly rows: readonly ListRow[];
  readonly selected: readonly string[];
  /** What is selected now; called for every change, so that nothing is lost. */
  readonly onChange: (ids: readonly string[]) => void;
  /** What something selected is called that is not among the rows. */
  readonly nameOf?: ((id: string) => string | undefined) | undefined;
  /** Why going on is refused with this selection; nothing when it is not. */
  readonly refusal?: ((ids: readonly string[]) => string | undefined) | undefined;
  /** What else can be typed, in words. */
  readonly hint?: string | undefined;
  /** Other things that can be typed, such as `:f`. @returns whether it was one of them */
  readonly other?: ((said: string) => Promise<ManyChange | undefined>) | undefined;
}

/** What another command did to the list. */
interface ManyChange {
  readonly rows?: readonly ListRow[];
  readonly selected?: readonly string[];
}

const listed = 10;
/** Nobody listens to more selected ones than these. */
const mostSaid = 100;

/** Any number of many, by search and by number. What was selected stays selected, whatever is searched. */
export async function askMany(dialogue: Dialogue, many: Many): Promise<Reply<readonly string[]>> {
  const { io, text } = dialogue;
  let { rows } = many;
  let selected: readonly string[] = many.selected;
  let chosen = new Set(selected);
  let query = '';
  let from = 0;
  /** Rows of the last list that was said, in its order. */
  let last: readonly ListRow[] = [];

  let index: SearchIndex | undefined;
  const found = (): readonly ListRow[] => {
    index = indexRows(rows, index);
    const { shown } = search(index, query);
    return shown === undefined ? rows : shown.flatMap((at) => rows[at] ?? []);
  };
  const sayRows = (some: readonly ListRow[], total: number, first: number): void => {
    some.forEach((row, at) => {
      const parts = [row.hint, ...(row.cells ?? [])].filter((part) => part !== undefined && part !== '');
      const hint = listText(text, parts as string[]);
      const said = withHint(text, row.label, hint);
      io.say(`  ${at + 1}. ${chosen.has(row.id) ? text('dialogue.selectedMark', { label: said }) : said}`);
    });
    last = some;
    if (some.length === 0)
      io.say(`  ${query === '' ? text('list.none') : text('dialogue.nothing', { query })}`);
    else io.say(text('dialogue.shown', { first: first + 1, last: first + some.length, total }));
  };
  const list = (): void => {
    const all = found();
    sayRows(all.slice(from, from + listed), all.length, from);
  };
  const select = (ids: readonly string[]): void => {
    selected = ids;
    chosen = new Set(ids);
    many.onChange(ids);
  };
  const toggle = (row: ListRow): void => {
    if (chosen.has(row.id)) {
      select(selected.filter((id) => id !== row.id));
      io.say(text('dialogue.deselected', { name: row.label }));
    } else if (row.disabled !== undefined) {
      io.say(text('dialogue.cannot', { label: row.label, why: row.disabled }));
    } else {
      select([...selected, row.id]);
      io.say(text('dialogue.selected', { name: row.label }));
    }
  };
  /** Whether it was one of the other things that can be typed. */
  const isDone = async (said: string): Promise<boolean> => {
    const changed = numbersOf(said) ? undefined : await many.other?.(said);
    if (!changed) return false;
    if (changed.selected) select(changed.selected);
    if (changed.rows) {
      rows = changed.rows;
      from = 0;
      list();
    }
    return true;
  };
  const count = (): void => io.say(text('list.selected', { count: selected.length }));

  io.say(text('list.all', { total: rows.length }));
  count();
  dialogue.hintOnce(text('dialogue.manyHint'));
  if (many.hint !== undefined) dialogue.hintOnce(many.hint);
  if (rows.length <= listed) list();
  else {
    const first = await askLine(dialogue, text('dialogue.search'));
    if (first.kind !== 'value') return first;
    if (!(await isDone(commandIn(first.value) ?? first.value.trim()))) {
      query = first.value.trim().replace(/^\//, '');
      list();
    }
  }
  for (;;) {
    const reply = await askLine(dialogue, text('dialogue.many'));
    if (reply.kind !== 'value') return reply;
    const said = commandIn(reply.value) ?? reply.value.trim();
    if (await isDone(said)) continue;
    if (said.startsWith(':') && !/^:[msa]$/.test(said)) {
      io.say([text('dialogue.commands'), text('dialogue.manyHint'), many.hint ?? ''].join(' ').trim());
      continue;
    }
    const numbers = numbersOf(said);
    if (said === '') {
      const why = many.refusal?.(selected);
      if (why === undefined) return answered(selected);
      io.say(why);
    } else if (said === ':m') {
      if (from + listed >= found().length) io.say(text('dialogue.noMore'));
      else {
        from += listed;
        list();
      }
    } else if (said === ':s') {
      const known = new Map(many.rows.map((row) => [row.id, row]));
      const some = selected
        .slice(0, mostSaid)
        .map((id) => known.get(id) ?? { id, label: many.nameOf?.(id) ?? id });
      sayRows(some, selected.length, 0);
    } else if (said === ':a') {
      const all = found().filter((row) => row.disabled === undefined && !chosen.has(row.id));
      select([...selected, ...all.map(({ id }) => id)]);
      count();
    } else if (numbers) {
      for (const number of numbers) {
        const row = last[number - 1];
        if (row) toggle(row);
        else {
          // What follows is not there either.
          io.say(text('dialogue.noNumber', { number }));
          break;
        }
      }
      count();
    } else {
      query = said.replace(/^\//, '');
      from = 0;
      list();
    }
  }
}

/** `1 3-5` → 1, 3, 4, 5; nothing for what is no list of numbers. */
export function numbersOf(said: string): number[] | undefined {
  const parts = plain(said)
    .split(/[\s,、]+/)
    .filter((part) => part !== '');
  if (parts.length === 0 || !parts.every((part) => /^\d{1,6}(-\d{1,6})?$/.test(part))) return undefined;
  const numbers = parts.flatMap((part) => {
    const [first = 0, end = first] = part.split('-').map(Number);
    // More than a list has is nobody's range.
    return Array.from({ length: Math.max(0, Math.min(end - first + 1, 1000)) }, (_, at) => first + at);
  });
  // `5-3` is no range: it may be a text to search for.
  return numbers.length === 0 ? undefined : numbers;
}
