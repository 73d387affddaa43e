import type { Text } from '../../locale/texts.ts';
import type { SavedDraft } from '../../wizard/draft.ts';
import { type ChoicePage, joined } from '../page.ts';

/** What earlier starts left: runs to finish first, then answers to go on with. */
export const welcome: ChoicePage = {
  kind: 'choice',
  question: ({ text }) => text('question.welcome'),
  options({ text, glyphs, services: { offers, now } }) {
    const nowMs = now();
    return [
      ...offers.runs.map(({ run, plan, sandbox, isProduction, begunMs }) => ({
        value: `run ${run}`,
        label: text('welcome.run', { run }),
        // Where it writes comes first: a long name of a plan must not push it off.
        hint: joined(glyphs, [
          sandbox,
          isProduction ? text('sandbox.production') : '',
          text('welcome.runHint', { plan, ago: agoText(text, nowMs - begunMs) }),
        ]),
      })),
      ...offers.drafts.map((saved, at) => ({
        value: `draft ${at}`,
        label: text('welcome.draft'),
        hint: text('welcome.draftHint', {
          what: joined(glyphs, whatText(text, saved)),
          ago: agoText(text, nowMs - saved.savedMs),
        }),
      })),
      ...(offers.unread ?? []).map((file) => ({
        value: `unread ${file}`,
        label: text('welcome.draft'),
        hint: text('welcome.unread', { file }),
        disabled: text('welcome.unread', { file }),
      })),
      { value: 'new', label: text('welcome.new') },
    ];
  },
  preferred: ({ services: { offers } }) => {
    const [run] = offers.runs;
    if (run) return `run ${run.run}`;
    return offers.drafts.length > 0 ? 'draft 0' : 'new';
  },
  chosen(value, { services: { offers } }) {
    const [kind, which = ''] = value.split(' ');
    if (kind === 'run') return { type: 'ended', ending: { outcome: 'done', lines: [], resume: which } };
    const saved = kind === 'draft' ? offers.drafts[Number(which)] : undefined;
    return saved ? { type: 'restored', saved } : { type: 'begun' };
  },
};

/** `Adobe Campaign`, `dev`, `2 segments` */
function whatText(text: Text, { draft }: SavedDraft): string[] {
  const { destination, sandbox, segments } = draft;
  return [
    destination?.name ?? '',
    sandbox?.name ?? '',
    segments.length === 0 ? '' : text('welcome.segments', { count: segments.length }),
  ];
}

function agoText(text: Text, ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return text('welcome.justNow');
  if (minutes < 60) return text('welcome.minutes', { count: minutes });
  const hours = Math.floor(minutes / 60);
  return hours < 48
    ? text('welcome.hours', { count: hours })
    : text('welcome.days', { count: Math.floor(hours / 24) });
}
