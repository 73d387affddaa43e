import { type ReactElement, useMemo } from 'react';
import { Choice, type ChoiceOption } from '../components/choice/choice.tsx';
import type { PlatformKind } from '../wizard/draft.ts';
import { Page } from './page.tsx';
import { usePageKeys } from './page-keys.ts';
import { useWizard } from './wizard-context.tsx';

/** The organisation of the settings, or the embedded emulator. */
export function PlatformScreen(): ReactElement {
  const { state, send, services, text, isActive, height, width, openKeys } = useWizard();
  const keys = usePageKeys(['move', 'choose', 'help']);
  const { host, orgId, missing } = services.organisation;
  const options = useMemo(
    (): ChoiceOption<PlatformKind>[] => [
      {
        value: 'organisation',
        label: text('platform.organisation'),
        ...(missing.length === 0
          ? { hint: `${orgId} · ${host}` }
          : { disabled: text('platform.notSet', { names: missing.join(', ') }) }),
      },
      { value: 'emulator', label: text('platform.emulator'), hint: text('platform.emulatorHint') },
    ],
    [text, host, orgId, missing],
  );
  const preferred = missing.length === 0 ? 'organisation' : 'emulator';
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
