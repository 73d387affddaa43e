import { type ReactElement, useMemo } from 'react';
import { Choice, type ChoiceOption } from '../components/choice/choice.tsx';
import { useGlyphs } from '../components/theme/theme.tsx';
import type { Text } from '../locale/texts.ts';
import type { SavedDraft } from '../wizard/draft.ts';
import { counted } from './list-texts.ts';
import { Page } from './page.tsx';
import { usePageKeys } from './page-keys.ts';
import { useWizard } from './wizard-context.tsx';

/** What earlier starts left: runs to finish first, then answers to go on with. */
export function WelcomeScreen(): ReactElement {
  const { send, services, text, isActive, height, width, openKeys, finish } = useWizard();
  const keys = usePageKeys(['move', 'choose', 'help']);
  const glyphs = useGlyphs();
  const { offers, now } = services;
  const options = useMemo((): ChoiceOption[] => {
    const nowMs = now();
    return [
      ...offers.runs.map(({ run, plan, sandbox, begunMs }) => ({
        value: `run ${run}`,
        label: text('welcome.run', { run }),
        hint: text('welcome.runHint', { plan, sandbox, ago: agoText(text, nowMs - begunMs) }),
      })),
      ...offers.drafts.map((saved, at) => ({
        value: `draft ${at}`,
        label: text('welcome.draft'),
        hint: text('welcome.draftHint', {
          what: whatText(text, saved).join(` ${glyphs.dot} `),
          ago: agoText(text, nowMs - saved.savedMs),
        }),
      })),
      { value: 'new', label: text('welcome.new') },
    ];
  }, [offers, now, text, glyphs]);
  return (
    <Page question={text('question.welcome')} keys={keys}>
      <Choice
        options={options}
        initialValue={options[0]?.value}
        height={height - 1}
        width={width}
        isActive={isActive}
        onHelp={openKeys}
        onSelect={(value) => {
          const [kind, which = ''] = value.split(' ');
          const saved = kind === 'draft' ? offers.drafts[Number(which)] : undefined;
          if (kind === 'run') finish({ kind: 'left', exitCode: 0, lines: [], resume: which });
          else if (saved) send({ type: 'restored', saved });
          else send({ type: 'begun' });
        }}
      />
    </Page>
  );
}

/** `Adobe Campaign · dev · 2 segments` */
function whatText(text: Text, { draft }: SavedDraft): string[] {
  const { destination, sandbox, segments } = draft;
  return [
    destination?.name ?? '',
    sandbox?.name ?? '',
    segments.length === 0 ? '' : text('welcome.segments', { count: counted(segments.length) }),
  ].filter((part) => part !== '');
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
