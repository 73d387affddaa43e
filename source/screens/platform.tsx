import { type ReactElement, useMemo } from 'react';
import { Choice } from '../components/choice/choice.tsx';
import { useGlyphs } from '../components/theme/theme.tsx';
import { platformOptions } from './options.ts';
import { Page } from './page.tsx';
import { usePageKeys } from './page-keys.ts';
import { useWizard } from './wizard-context.tsx';

/** The organisation of the settings, or the embedded emulator. */
export function PlatformScreen(): ReactElement {
  const { state, send, services, text, isActive, height, width, openKeys } = useWizard();
  const glyphs = useGlyphs();
  const keys = usePageKeys(['move', 'choose', 'help']);
  const { organisation } = services;
  const options = useMemo(
    () => platformOptions({ text, glyphs }, organisation),
    [text, glyphs, organisation],
  );
  const preferred = organisation.missing.length === 0 ? 'organisation' : 'emulator';
  return (
    <Page question={text('question.platform')} next={text('page.sandbox')} keys={keys}>
      <Choice
        options={options}
        initialValue={state.draft.platform ?? preferred}
        height={height - 1}
        width={width}
        isActive={isActive}
        onHelp={openKeys}
        onSelect={(value) => send({ type: 'answered', answer: { of: 'platform', value } })}
      />
    </Page>
  );
}
