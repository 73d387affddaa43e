import { type ReactElement, useMemo } from 'react';
import { Choice } from '../components/choice/choice.tsx';
import { useGlyphs } from '../components/theme/theme.tsx';
import { welcomeOptions } from './options.ts';
import { Page } from './page.tsx';
import { usePageKeys } from './page-keys.ts';
import { useWizard } from './wizard-context.tsx';

/** What earlier starts left: runs to finish first, then answers to go on with. */
export function WelcomeScreen(): ReactElement {
  const { send, services, text, isActive, height, width, openKeys, finish } = useWizard();
  const keys = usePageKeys(['move', 'choose', 'help']);
  const glyphs = useGlyphs();
  const { offers, now } = services;
  const options = useMemo(() => welcomeOptions({ text, glyphs }, offers, now()), [offers, now, text, glyphs]);
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
