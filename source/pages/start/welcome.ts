import type { ChoiceOption } from '../../components/choice/choice.tsx';
import { holderText } from '../../locale/holder-text.ts';
import { type Asking, type ChoicePage, joined, type Outcome } from '../page.ts';
import type { OfferedRun, Offers } from '../services.ts';
import { agoText } from './ago-text.ts';
import { draftText } from './plans.ts';

/** What earlier starts left: runs to finish or undo first, then answers to go on with. */
export const welcome: ChoicePage = {
  kind: 'choice',
  question: ({ text }) => text('question.welcome'),
  options: (asking) => [
    ...leftOptions(asking, asking.services.offers),
    { value: 'new', label: asking.text('welcome.new') },
  ],
  // Nothing that writes is a press of Enter away.
  preferred: ({ services: { offers } }) => (offers.drafts.length > 0 ? 'draft 0' : 'new'),
  chosen: (value, { services: { offers } }) => takenUp(value, offers),
};

/** A line for each thing that an earlier start left. */
export function leftOptions(
  asking: Asking,
  { drafts, runs, elsewhere = [], unread = [] }: Offers,
): ChoiceOption[] {
  const { text, glyphs, services } = asking;
  const nowMs = services.now();
  return [
    ...runs.flatMap((run) => runOptions(run, asking)),
    ...drafts.map((saved, at) => ({
      value: `draft ${at}`,
      label: text(saved.draft.live === undefined ? 'welcome.draft' : 'welcome.change'),
      ...(saved.draft.sandbox?.isProduction === true ? { danger: text('frame.production') } : {}),
      hint: joined(glyphs, [
        // Where nothing is chosen yet, a rehearsal and an organisation look alike.
        asking.state.page === 'welcome' && saved.draft.platform === 'emulator'
          ? text('welcome.rehearsal')
          : '',
        saved.draft.live?.name ?? '',
        draftText(saved.draft, asking),
        agoText(text, nowMs - saved.savedMs),
        asking.state.page === 'welcome' ? (saved.place?.orgId ?? '') : '',
      ]),
    })),
    ...elsewhere.map(({ saved, host }, at) => {
      const why = host === undefined ? text('welcome.ofEmulator') : text('welcome.ofPlatform', { host });
      return {
        value: `elsewhere ${at}`,
        label: text('welcome.draft'),
        hint: joined(glyphs, [draftText(saved.draft, asking), why]),
        disabled: why,
      };
    }),
    ...unread.map((file) => ({
      value: `unread ${file}`,
      label: text('welcome.draft'),
      hint: text('welcome.unread', { file }),
      disabled: text('welcome.unread', { file }),
    })),
  ];
}

/** What choosing one of those lines does; anything else begins something new. */
export function takenUp(value: string, { drafts }: Offers): Outcome {
  const [kind, which = ''] = value.split(' ');
  if (kind === 'resume' || kind === 'undo')
    return { type: 'ended', ending: { outcome: 'done', lines: [], then: { kind, run: which } } };
  const saved = kind === 'draft' ? drafts[Number(which)] : undefined;
  return saved ? { type: 'restored', saved } : { type: 'begun' };
}

/** To finish a run, and to undo what it made. Where it writes comes first: nothing else may push that off. */
function runOptions(
  { run, plan, sandbox, isProduction, begunMs, made, wanted, heldBy, leftBy }: OfferedRun,
  asking: Asking,
) {
  const { text, glyphs, services } = asking;
  const danger = isProduction ? { danger: text('frame.production') } : {};
  if (heldBy) {
    const { user, holder } = heldBy;
    const why = text('welcome.underWay', { user, holder: holderText(text, holder) });
    return [
      {
        value: `held ${run}`,
        label: text('welcome.running', { run }),
        ...danger,
        hint: joined(glyphs, [sandbox, why, plan]),
        disabled: why,
      },
    ];
  }
  const asks = isProduction ? text('welcome.asksName') : '';
  const finish = {
    value: `resume ${run}`,
    label: text('welcome.run', { run }),
    ...danger,
    hint: joined(glyphs, [
      sandbox,
      text('welcome.made', { made, wanted }),
      asks,
      leftBy
        ? text('welcome.leftBy', { ...leftBy, plan, ago: agoText(text, services.now() - leftBy.atMs) })
        : text('welcome.runHint', { plan, ago: agoText(text, services.now() - begunMs) }),
    ]),
  };
  const undo = {
    value: `undo ${run}`,
    label: text('welcome.undo', { run }),
    ...danger,
    hint: joined(glyphs, [sandbox, text('welcome.removes', { made }), asks]),
  };
  return made === 0 ? [finish] : [finish, undo];
}
