import { FlowMissingError } from '../../apply/live/live.ts';
import { listText, type MessageId, type Text } from '../../locale/texts.ts';
import { movedPlace } from '../../pages/ending/flow-change.ts';
import { savedText, trySaving } from '../../pages/ending/ending.ts';
import type { ReviewNote } from '../../pages/ending/review-notes.ts';
import { ageless, type ReviewFacts, type ReviewRow, reviewRows } from '../../pages/ending/review-rows.ts';
import { confirmations, opened, rename } from '../../pages/ending/review.ts';
import type { Exports, MadeMs, OpenedFlow } from '../../pages/remote-cache.ts';
import { toPlan } from '../../wizard/to-plan.ts';
import { areConfirmed, sandboxesOf } from '../ask/ask-confirmations.ts';
import { askFields } from '../ask/ask-fields.ts';
import { askLine, type Dialogue, happened, type Turn, turnOf } from '../dialogue.ts';
import { plain } from '../io.ts';

/** Everything once more, in names, a number a line. Nothing has been written yet. */
export async function review(dialogue: Dialogue): Promise<Turn> {
  const { io, text, services } = dialogue;
  const rows = reviewRows(dialogue, {
    nowMs: services.now(),
    destinationCount: dialogue.destinationCount(),
    ...(await foundNow(dialogue)),
    exports: await exportsNow(dialogue),
    sandboxes: await sandboxesOf(dialogue),
    madeMs: await agesNow(dialogue),
  });
  rows.forEach((row, at) => {
    io.say(`  ${at + 1}. ${sentenceOf(row, text)}`);
    for (const note of row.notes) io.say(`     ${noteText(note, text)}`);
    if (row.fix) io.say(`     ${text('dialogue.canFix', { number: at + 1, fact: row.fix.fact })}`);
  });
  dialogue.hintOnce(text('dialogue.reviewHint'));
  const prompt = prompts[rows[0]?.does.kind ?? 'blocked'] ?? 'dialogue.reviewBlocked';
  for (;;) {
    const reply = await askLine(dialogue, text(prompt));
    if (reply.kind !== 'value') return turnOf(reply);
    const said = plain(reply.value);
    if (said === ':s') {
      await save(dialogue);
      continue;
    }
    const fix = /^:f\s*(\d+)$/.exec(said)?.[1];
    if (fix !== undefined) {
      const better = rows[Number(fix) - 1]?.fix;
      io.say(
        better
          ? text('review.mended', { fact: better.fact })
          : text('dialogue.noFix', { number: Number(fix) }),
      );
      if (better) return happened({ type: 'revised', draft: better.draft });
      continue;
    }
    const row = /^\d+$/.test(said) ? rows[Number(said) - 1] : undefined;
    const turn = row ? await open(dialogue, row) : undefined;
    if (turn) return turn;
    if (!row) io.say(text('dialogue.noLine', { most: rows.length }));
  }
}

/** What can be done, by what the first line does. */
const prompts: Partial<Record<ReviewRow['does']['kind'], MessageId>> = {
  apply: 'dialogue.review',
  compare: 'dialogue.reviewCompare',
};

/** What the dataflow of a draft that was taken up holds now, or that it is gone; nothing where that cannot be read. */
async function foundNow({
  state: { takenUp, draft },
  fetch,
}: Dialogue): Promise<Pick<ReviewFacts, 'found' | 'isGone'>> {
  if (takenUp === undefined || draft.live === undefined) return {};
  try {
    const { reading } = (await fetch('flow', draft.flow)) as OpenedFlow;
    return reading.kind === 'draft' ? { found: reading.draft.live } : {};
  } catch (error) {
    return { isGone: error instanceof FlowMissingError };
  }
}

/** When segments were made that nobody has chosen from the list; nothing where that cannot be read. */
async function agesNow({ state: { draft }, fetch }: Dialogue): Promise<MadeMs | undefined> {
  const ids = ageless(draft);
  return ids === undefined ? undefined : ((await fetch('madeMs', ids).catch(() => undefined)) as MadeMs);
}

/** What is exported right now to the place that a draft changes. */
async function exportsNow({ state: { draft }, fetch }: Dialogue): Promise<Exports | undefined> {
  if (movedPlace(draft).length === 0) return undefined;
  return (await fetch('exporting', draft.flow).catch(() => ({ exporting: undefined }))) as Exports;
}

/** What the number of a line does; nothing when the person thought better of it. */
async function open(dialogue: Dialogue, row: ReviewRow): Promise<Turn | undefined> {
  const does = opened(row, dialogue);
  if (does === 'rename') return askName(dialogue);
  if (does === 'confirm') return confirm(dialogue);
  return { kind: 'outcome', outcome: does };
}

async function askName(dialogue: Dialogue): Promise<Turn | undefined> {
  const reply = await askFields(dialogue, {
    fieldsOf: (values) => rename.fields(dialogue, values),
    values: rename.given(dialogue),
  });
  if (reply.kind === 'leave') return turnOf(reply);
  if (reply.kind === 'back') return undefined;
  return happened(rename.done(reply.value['name'] ?? ''));
}

async function confirm(dialogue: Dialogue): Promise<Turn | undefined> {
  const answer = await areConfirmed(
    dialogue,
    confirmations(dialogue, await sandboxesOf(dialogue), await exportsNow(dialogue)),
  );
  if (typeof answer !== 'boolean') return answer;
  return answer ? happened({ type: 'confirmed' }) : undefined;
}

async function save({ io, text, services, state }: Dialogue): Promise<void> {
  io.say(savedText(await trySaving(services, toPlan(state.draft)), text));
}

/** `Segments: Loyalty, Hikers`; a word of what it is, where the screen shows that by its place. */
const sentenceOf = ({ spoken, values }: ReviewRow, text: Text): string =>
  text('text.labelled', { label: spoken, value: listText(text, values) });

/** A change says by its own sign what it is. */
const noteText = ({ severity, said }: ReviewNote, text: Text): string =>
  severity === 'change' ? said : text(`dialogue.${severity}`, { said });
