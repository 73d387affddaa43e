import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../source/activation/plan/plan.ts';
import { promptOf } from '../../../source/commands/console/wrap-said.ts';
import { ConfirmByName, confirmByNameLines } from '../../../source/components/confirm/confirm-by-name.tsx';
import { Confirm, confirmLines } from '../../../source/components/confirm/confirm.tsx';
import { entryLead } from '../../../source/components/entries/entries.tsx';
import { displayWidth } from '../../../source/components/text/width.ts';
import { asciiGlyphs, unicodeGlyphs } from '../../../source/components/theme/glyphs.ts';
import { english } from '../../../source/locale/catalogs.ts';
import { type MessageId, textsOf } from '../../../source/locale/texts.ts';
import { zhTW } from '../../../source/locale/zh-TW.ts';
import { confirmations } from '../../../source/pages/ending/review.ts';
import { reviewRows } from '../../../source/pages/ending/review-rows.ts';
import type { Asking } from '../../../source/pages/page.ts';
import type { WizardServices } from '../../../source/pages/services.ts';
import { reviewEntries } from '../../../source/screens/own/review-entries.ts';
import { letterText } from '../../../source/screens/parts/list-texts.ts';
import type { Draft } from '../../../source/wizard/draft.ts';
import { fromLive, fromPlan } from '../../../source/wizard/from-plan.ts';
import { initialState } from '../../../source/wizard/reducer.ts';
import { toPlan } from '../../../source/wizard/to-plan.ts';
import { keys, renderInk } from '../../helpers/ink.tsx';
import { newerChosen } from '../../helpers/newer-chosen.ts';
import { newerPlan } from '../../helpers/newer-plan.ts';
import { nowMs } from '../../helpers/wizard-events.ts';

const chinese = textsOf(zhTW, 'zh-TW');
const languages = [english, chinese] as const;
const squeezed = (said: string): string => said.replaceAll(/\s/g, '');

const name = 'Winter campaign 2035 for the members of the loyalty programme, 台北和高雄的忠誠會員';
const [exported] = newerPlan.segments;
if (!exported) throw new Error('a segment is needed');
const flow = 'cccccccc-0000-4000-8000-00000000000c';

/** To a newer card, with everything as long as it is in some organisation. */
const long: Plan = {
  ...newerPlan,
  name,
  sandbox: 'prod',
  destination: {
    ...newerPlan.destination,
    location: {
      ...newerPlan.destination.location,
      path: 'exports/customer-relationship-management/loyalty-programme/winter-campaign-2035/%SEGMENT_NAME%',
    },
  },
  segments: [1, 2, 3].map((at) => ({
    ...exported,
    id: exported.id.replace(/.$/, String(at)),
    name: `${at} Loyalty members with an abandoned cart in the last ninety days 過去九十天內放棄購物車的會員`,
  })),
  attributes: {
    ...newerPlan.attributes,
    selected: [
      { path: 'person.name.firstName', column: 'FIRST_NAME_AS_THE_RECEIVER_OF_THE_FILES_CALLS_IT' },
      ...newerPlan.attributes.selected.slice(1),
      "array_to_string('|', segmentMembership.of.the.loyalty.programme.and.its.members)",
    ],
  },
};

/** The same of a dataflow that is there, and of which much is to be another way. */
function changed(): Draft {
  const live: Plan = { ...long, flow, name: `${name} before` };
  const draft = fromLive(live, newerChosen('Amazon S3'));
  const [first = '', ...others] = draft.attributes;
  return {
    ...draft,
    name,
    segments: draft.segments.slice(1),
    columns: { ...draft.columns, [first]: 'GIVEN_NAME_AS_THE_RECEIVER_CALLS_IT_FROM_NOW_ON' },
    attributes: [...others, first],
    settings: Object.fromEntries(
      Object.entries(draft.settings).map(([id, one]) => [
        id,
        { ...one, schedule: { ...one.schedule, startTime: '05:00' } },
      ]),
    ),
    location: {
      ...draft.location,
      params: { ...draft.location.params, path: 'elsewhere/for/all/who/are/members' },
    },
  };
}

const draftOf = { 'what is made': fromPlan(long, newerChosen('Amazon S3')), 'a change': changed() };

function askingIn(draft: Draft, text: Asking['text'], glyphs: Asking['glyphs']): Asking {
  const sandbox = { name: 'prod-of-the-organisation-of-all-countries', isProduction: true };
  const state = {
    ...initialState(nowMs, 'organisation', { draft: { ...draft, sandbox } }),
    page: 'review' as const,
  };
  const services = {
    now: () => nowMs,
    timeZone: 'Asia/Taipei',
    isReadOnly: false,
  } as Partial<WizardServices>;
  return { state, services: services as WizardServices, text, glyphs, hidesSecrets: false };
}

const sizes = [40, 80, 120];
const each = sizes.flatMap((columns) => languages.map((text) => [columns, text.language, text] as const));

describe.each(each)('at %i columns, in %s', (columns, _, text) => {
  it.each(Object.entries(draftOf))('the review of %s on a newer card is whole', (_, draft) => {
    for (const glyphs of [unicodeGlyphs, asciiGlyphs]) {
      const asking = askingIn(draft, text, glyphs);
      const rows = reviewRows(asking, { nowMs, destinationCount: 3 });
      const entries = reviewEntries(rows, { width: columns, glyphs, text });
      for (const [at, { lines }] of entries.entries()) {
        const drawn = lines.map((spans) => spans.map(({ said }) => said).join(''));
        for (const line of drawn) expect(displayWidth(line)).toBeLessThanOrEqual(columns - entryLead);
        const row = rows[at];
        const wanted = [...(row?.values ?? []), ...(row?.notes.map(({ said }) => said) ?? [])];
        // Beside its label, or below it.
        const label = row?.label ?? '';
        const said = squeezed(drawn.join('')).replace(squeezed(label), '');
        for (const one of wanted) expect(said).toContain(squeezed(one));
        expect(drawn.join('')).not.toContain('…');
      }
    }
  });

  it('says of a change what is renamed, moved and removed', () => {
    const asking = askingIn(draftOf['a change'], text, unicodeGlyphs);
    const told = reviewRows(asking, { nowMs, destinationCount: 3 })
      .flatMap(({ notes }) => notes.filter(({ severity }) => severity === 'change'))
      .map(({ said }) => said);
    expect(
      told.filter((one) => one.includes('GIVEN_NAME_AS_THE_RECEIVER_CALLS_IT_FROM_NOW_ON')),
    ).toHaveLength(2);
    expect(told.filter((one) => one.startsWith('-'))).toHaveLength(1);
    expect(told.some((one) => one.startsWith('+'))).toBe(false);
    expect(toPlan(draftOf['a change']).flow).toBe(flow);
  });

  it('the questions before it is applied are whole, and what is said of another name', async () => {
    const width = columns - 2;
    const empty = { ...draftOf['a change'], segments: [] };
    const named = [draftOf['what is made'], empty].flatMap((draft) =>
      confirmations(askingIn(draft, text, unicodeGlyphs), undefined),
    );
    expect(named.length).toBeGreaterThan(2);
    for (const { question, typed = '' } of named) {
      const mismatch = text('review.confirmMismatch');
      const { frame, press } = await renderInk(
        <ConfirmByName {...{ question, mismatch, width }} name={typed} onConfirm={() => undefined} />,
        { columns },
      );
      await press('x', keys.enter);
      const lines = frame().split('\n');
      expect(lines).toHaveLength(confirmByNameLines({ question, mismatch }, width, unicodeGlyphs));
      for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
      expect(squeezed(frame())).toContain(squeezed(question));
      expect(squeezed(frame())).toContain(squeezed(mismatch));
      expect(frame()).not.toContain('…');
    }
  });

  it.each<MessageId>([
    'frame.leave',
    'frame.leaveMidway',
    'frame.leaveRehearsal',
    'review.confirm',
    'review.confirmAgain',
  ])('the question %s is whole, with its answers', async (id) => {
    const width = columns - 2;
    const question = text(id, { sandbox: 'prod-of-the-organisation-of-all-countries' });
    const texts = {
      yes: text('review.confirmYes'),
      no: text('review.confirmNo'),
      letter: letterText(text),
    };
    const { frame } = await renderInk(
      <Confirm {...{ question, texts, width }} onAnswer={() => undefined} />,
      {
        columns,
      },
    );
    const lines = frame().split('\n');
    expect(lines).toHaveLength(confirmLines(question, texts, width));
    for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
    for (const wanted of [question, texts.yes, texts.no])
      expect(squeezed(frame())).toContain(squeezed(wanted));
  });

  it.each<MessageId>([
    'errand.disable.confirm',
    'errand.enable.confirm',
    'errand.remove.confirm',
    'errand.credentials.confirm',
    'command.confirmEmptying',
  ])('the question %s of a dataflow is whole, on the terminal as it is', (id) => {
    const screen = Object.assign(new Writable(), { isTTY: true, columns });
    const values = { name, id: flow, segments: 118, count: 3, sandbox: 'prod', host: 'platform.adobe.io' };
    const { above, prompt } = promptOf(screen, text(id, values));
    for (const line of [...above, prompt]) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
    expect(squeezed([...above, prompt].join(''))).toBe(squeezed(text(id, values)));
    if (text(id, values).includes(flow))
      expect([...above, prompt].some((line) => line.includes(flow))).toBe(true);
  });
});
