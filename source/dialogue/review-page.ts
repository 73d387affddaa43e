import type { TableRow } from '../components/table/table-layout.ts';
import type { ToneName } from '../components/theme/tone.ts';
import type { MessageId, Text } from '../locale/texts.ts';
import { savedText, trySaving } from '../screens/ending.ts';
import { type ReviewRow, reviewRows } from '../screens/review-rows.ts';
import { draftName } from '../wizard/draft.ts';
import { toPlan } from '../wizard/to-plan.ts';
import { askFields } from './ask-fields.ts';
import { askLine, askYesNo, type Dialogue, happened, type Turn, turnOf } from './dialogue.ts';

/** Sentences are never broken here: the terminal does that. */
const endless = 100_000;

/** Everything once more, in names, a number a line. Nothing has been written yet. */
export async function reviewPage(dialogue: Dialogue): Promise<Turn> {
  const { io, text, glyphs, state, services, hidesSecrets } = dialogue;
  const { draft } = state;
  const known = {
    destinationCount: dialogue.destinationCount(),
    isHidden: hidesSecrets,
    isReadOnly: services.isReadOnly,
    fixHint: text('dialogue.canFix'),
  };
  const rows = reviewRows(draft, text, glyphs, services.now(), endless, known);
  let label = '';
  rows.forEach((one, at) => {
    label = labelOf(one.row) || label;
    io.say(`  ${at + 1}. ${sentenceOf(one.row, label, text)}`);
  });
  dialogue.hintOnce(text('dialogue.reviewHint'));
  const mayApply = rows[0]?.does.kind === 'apply';
  for (;;) {
    const reply = await askLine(dialogue, text(mayApply ? 'dialogue.review' : 'dialogue.reviewBlocked'));
    if (reply.kind !== 'value') return turnOf(reply);
    const said = reply.value.trim();
    if (said === ':s') {
      await save(dialogue);
      continue;
    }
    const fix = /^:f\s*(\d+)$/.exec(said)?.[1];
    if (fix !== undefined) {
      const better = rows[Number(fix) - 1]?.fix;
      io.say(better ? text('dialogue.fixed') : text('dialogue.noFix', { number: Number(fix) }));
      if (better) return happened({ type: 'revised', draft: better });
      continue;
    }
    const row = /^\d+$/.test(said) ? rows[Number(said) - 1] : undefined;
    const turn = row ? await open(dialogue, row) : undefined;
    if (turn) return turn;
    if (!row) io.say(text('dialogue.noLine', { most: rows.length }));
  }
}

/** What the number of a line does; nothing when the person thought better of it. */
async function open(dialogue: Dialogue, { does }: ReviewRow): Promise<Turn | undefined> {
  switch (does.kind) {
    case 'jump':
      return happened({ type: 'jumped', page: does.page });
    case 'rename':
      return rename(dialogue);
    case 'apply':
      return dialogue.services.isReadOnly ? happened({ type: 'previewed' }) : confirm(dialogue);
    case 'none':
      return undefined;
  }
}

async function rename(dialogue: Dialogue): Promise<Turn | undefined> {
  const field = { name: 'name', label: dialogue.text('review.name'), kind: 'text', required: true } as const;
  const reply = await askFields(dialogue, {
    fieldsOf: () => [field],
    values: { name: draftName(dialogue.state.draft) },
  });
  if (reply.kind === 'leave') return turnOf(reply);
  if (reply.kind === 'back') return undefined;
  const { name = '' } = reply.value;
  return happened({ type: 'kept', answer: { of: 'name', value: name.trim().slice(0, 255) } });
}

/** Nothing is written before this is answered; a production sandbox wants its name typed. */
async function confirm(dialogue: Dialogue): Promise<Turn | undefined> {
  const { io, text, state } = dialogue;
  const { name = '', isProduction = false } = state.draft.sandbox ?? {};
  if (!isProduction) {
    const reply = await askYesNo(dialogue, text('review.confirm', { sandbox: name }), {
      yes: text('review.confirmYes'),
      no: text('review.confirmNo'),
    });
    if (reply.kind === 'leave') return turnOf(reply);
    return reply.kind === 'value' && reply.value ? happened({ type: 'confirmed' }) : undefined;
  }
  const question = text('review.confirmProduction');
  const reply = await askLine(dialogue, text('dialogue.typeName', { question, name }));
  if (reply.kind === 'leave') return turnOf(reply);
  if (reply.kind === 'value' && reply.value.trim() === name) return happened({ type: 'confirmed' });
  if (reply.kind === 'value') io.say(text('review.confirmMismatch'));
  return undefined;
}

async function save({ io, text, services, state }: Dialogue): Promise<void> {
  io.say(savedText(await trySaving(services, toPlan(state.draft)), text));
}

const labelOf = (row: TableRow): string => (row.kind === 'group' ? '' : (row.cells[0] ?? '').trim());

const kinds: Partial<Record<ToneName, MessageId>> = {
  warning: 'dialogue.warning',
  muted: 'dialogue.note',
  danger: 'dialogue.problem',
};

/** A finding, or a line below a segment: the label before it is not about it. */
const isOfItsOwn = (row: Extract<TableRow, { cells: readonly string[] }>): boolean =>
  labelOf(row) === '' && (row.mark !== undefined || (row.cells[1] ?? '').startsWith('  '));

/** `Segment: Loyalty`; what a mark and a colour say on the screen is a word here. */
function sentenceOf(row: TableRow, label: string, text: Text): string {
  const said =
    row.kind === 'group'
      ? row.label
      : [isOfItsOwn(row) ? '' : label, (row.cells[1] ?? '').trim()].filter((part) => part !== '').join(': ');
  const kind = row.tone && kinds[row.tone];
  return kind === undefined ? said : text(kind, { said });
}
