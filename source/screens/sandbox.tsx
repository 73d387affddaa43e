import { type ReactElement, useMemo } from 'react';
import { Choice } from '../components/choice/choice.tsx';
import { useGlyphs } from '../components/theme/theme.tsx';
import type { Sandbox } from '../flow-service/sandboxes.ts';
import { Loaded } from './loading.tsx';
import { preferredSandbox, sandboxOptions, standInSandboxes } from './options.ts';
import { Page } from './page.tsx';
import { usePageKeys } from './page-keys.ts';
import { useRemote } from './remote.tsx';
import { placeOf } from './services.ts';
import { useWizard } from './wizard-context.tsx';

/** The sandboxes the credential may use. Where the list cannot be read, the one of the settings. */
export function SandboxScreen(): ReactElement {
  const { state, services, text } = useWizard();
  const { organisation } = services;
  const remote = useRemote('sandboxes', placeOf(state, organisation));
  const keys = usePageKeys(['move', 'choose', 'back', 'help']);
  const given = state.draft.platform === 'organisation' ? organisation.sandbox : undefined;
  const standIn = remote.kind === 'failed' ? standInSandboxes(remote.error, given, text) : undefined;
  return (
    <Page question={text('question.sandbox')} next={text('page.destination')} keys={keys}>
      {standIn ? (
        <SandboxChoice sandboxes={standIn} />
      ) : (
        <Loaded remote={remote}>{(sandboxes) => <SandboxChoice sandboxes={sandboxes} />}</Loaded>
      )}
    </Page>
  );
}

function SandboxChoice({ sandboxes }: { readonly sandboxes: readonly Sandbox[] }): ReactElement {
  const { state, send, services, text, isActive, height, width, openKeys } = useWizard();
  const glyphs = useGlyphs();
  const options = useMemo(() => sandboxOptions({ text, glyphs }, sandboxes), [text, glyphs, sandboxes]);
  return (
    <Choice
      options={options}
      initialValue={state.draft.sandbox?.name ?? preferredSandbox(sandboxes, services.organisation.sandbox)}
      height={height - 1}
      width={width}
      isActive={isActive}
      onHelp={openKeys}
      onBack={() => send({ type: 'wentBack' })}
      onSelect={(name) => {
        const isProduction = sandboxes.find((one) => one.name === name)?.isProduction ?? false;
        send({ type: 'answered', answer: { of: 'sandbox', value: { name, isProduction } } });
      }}
    />
  );
}
