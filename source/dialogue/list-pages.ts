import { limits } from '../activation/limits.ts';
import {
  attributeTree,
  exportablePaths,
  mostKeys,
  starterAttributes,
} from '../activation/profile-attributes.ts';
import { filterSegments, type SegmentFilter } from '../activation/segment-filter.ts';
import type { ListRow } from '../components/searchable-list/search.ts';
import { chosenSegments } from '../screens/chosen-segments.ts';
import { filterFields, filterValues, toFilter } from '../screens/filter-fields.ts';
import { SegmentRows } from '../screens/segment-rows.ts';
import { askFields } from './ask-fields.ts';
import { askMany, type ManyChange } from './ask-many.ts';
import { type Dialogue, happened, type Turn, turnOf } from './dialogue.ts';
import { fetched } from './fetched.ts';

export async function segmentsPage(dialogue: Dialogue): Promise<Turn> {
  const { text, io, services } = dialogue;
  const list = await fetched(dialogue, 'segments');
  if (list.kind !== 'value') return turnOf(list);
  const { segments } = list.value;
  const nowMs = services.now();
  const rowsOf = new SegmentRows(text, nowMs);
  const before = dialogue.state.draft.segments;
  let filter: SegmentFilter = {};
  const reply = await askMany(dialogue, {
    rows: rowsOf.of(segments),
    selected: before.map(({ id }) => id),
    onChange(ids) {
      dialogue.keep({ of: 'segments', value: chosenSegments(ids, segments, before) });
      sayLimit(dialogue, 'segmentsPerFlow', ids.length);
    },
    refusal: (ids) => (ids.length === 0 ? text('segments.needOne') : undefined),
    nameOf: (id) => before.find((one) => one.id === id)?.name,
    hint: text('dialogue.filterHint'),
    async other(said): Promise<ManyChange | undefined> {
      if (said !== ':f') return undefined;
      const answers = await askFields(dialogue, {
        fieldsOf: () => filterFields(text, segments),
        values: filterValues(filter),
      });
      if (answers.kind === 'value') filter = toFilter(answers.value);
      return { rows: rowsOf.of(filterSegments(segments, filter, nowMs)) };
    },
  });
  if (reply.kind !== 'value') return turnOf(reply);
  const value = chosenSegments(reply.value, segments, before);
  io.say(text('dialogue.selected', { name: value.map(({ name }) => name) }));
  return happened({ type: 'answered', answer: { of: 'segments', value } });
}

export async function attributesPage(dialogue: Dialogue): Promise<Turn> {
  const { text, io, state } = dialogue;
  const schema = await fetched(dialogue, 'unionSchema');
  if (schema.kind !== 'value') return turnOf(schema);
  const paths = exportablePaths(attributeTree(schema.value));
  const { attributes } = state.draft;
  let selected =
    attributes.length > 0 ? attributes : starterAttributes.filter((path) => paths.includes(path));
  const reply = await askMany(dialogue, {
    rows: paths.map((path): ListRow => ({ id: path, label: path })),
    selected,
    onChange(ids) {
      selected = ids;
      dialogue.keep({ of: 'attributes', value: ids });
      sayLimit(dialogue, 'attributesPerFlow', ids.length);
    },
    refusal: (ids) => (ids.length === 0 ? text('attributes.needOne') : undefined),
    hint: text('dialogue.orderHint'),
    other(said) {
      const moved = /^:o(\s|$)/.test(said) ? reordered(dialogue, said, selected) : undefined;
      if (moved) io.say(text('dialogue.order', { names: moved }));
      return Promise.resolve(moved && { selected: moved });
    },
  });
  if (reply.kind !== 'value') return turnOf(reply);
  io.say(text('attributes.header', { columns: reply.value }));
  return happened({ type: 'answered', answer: { of: 'attributes', value: reply.value } });
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

export async function mandatoryPage(dialogue: Dialogue): Promise<Turn> {
  const { attributes, mandatory } = dialogue.state.draft;
  dialogue.io.say(dialogue.text('mandatory.hint'));
  const reply = await askMany(dialogue, {
    rows: attributes.map((path) => ({ id: path, label: path })),
    selected: mandatory,
    onChange: (value) => dialogue.keep({ of: 'mandatory', value }),
  });
  if (reply.kind !== 'value') return turnOf(reply);
  return happened({ type: 'answered', answer: { of: 'mandatory', value: reply.value } });
}

export async function deduplicationPage(dialogue: Dialogue): Promise<Turn> {
  const { attributes, deduplication } = dialogue.state.draft;
  const { text } = dialogue;
  dialogue.io.say(text('deduplication.hint'));
  const reply = await askMany(dialogue, {
    rows: attributes.map((path) => ({ id: path, label: path })),
    selected: deduplication,
    // More than there may be is refused below, and not cut behind the person's back.
    onChange: (value) =>
      value.length > mostKeys ? undefined : dialogue.keep({ of: 'deduplication', value }),
    refusal: (ids) => (ids.length > mostKeys ? text('deduplication.enough') : undefined),
  });
  if (reply.kind !== 'value') return turnOf(reply);
  return happened({ type: 'answered', answer: { of: 'deduplication', value: reply.value } });
}

/** Only where a guardrail is passed: a meter that is read out at each number would be noise. */
function sayLimit(
  { io, text }: Dialogue,
  limit: 'segmentsPerFlow' | 'attributesPerFlow',
  count: number,
): void {
  const { most, kind } = limits[limit];
  if (count > most) io.say(text(`meter.${limit}`, { count, most, kind: text(`meter.${kind}`) }));
}
