import { type ReactElement, useMemo } from 'react';
import { Choice, type ChoiceOption } from '../components/choice/choice.tsx';
import type { Sandbox } from '../flow-service/sandboxes.ts';
import { Loaded } from './loading.tsx';
import { Page } from './page.tsx';
import { usePageKeys } from './page-keys.ts';
import { useRemote } from './remote.tsx';
import { placeOf, useWizard } from './wizard-context.tsx';

/** The sandboxes the credential may use. Where the list cannot be read, the one of the settings. */
export function SandboxScreen(): ReactElement {
  const { state, services, text } = useWizard();
  const { organisation } = services;
  const remote = useRemote('sandboxes', placeOf(state, organisation));
  const keys = usePageKeys(['move', 'choose', 'back', 'help']);
  const given = state.draft.platform === 'organisation' ? organisation.sandbox : undefined;
  // Many credentials may work in a sandbox without being allowed to list them all.
  const isStandIn = remote.kind === 'failed' && isNotAllowed(remote.error) && given !== undefined;
  const standIn: Sandbox[] =
    given === undefined
      ? []
      : [
          {
            name: given,
            title: text('sandbox.fromSettings'),
            state: 'active',
            isProduction: given === 'prod',
            isDefault: false,
          },
        ];
  return (
    <Page question={text('question.sandbox')} next={text('page.destination')} keys={keys}>
      {isStandIn ? (
        <SandboxChoice sandboxes={standIn} />
      ) : (
        <Loaded remote={remote}>{(sandboxes) => <SandboxChoice sandboxes={sandboxes} />}</Loaded>
      )}
    </Page>
  );
}

function isNotAllowed(error: unknown): boolean {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  return status === 403 || status === 404;
}

function SandboxChoice({ sandboxes }: { readonly sandboxes: readonly Sandbox[] }): ReactElement {
  const { state, send, services, text, isActive, height, width, openKeys } = useWizard();
  const options = useMemo(
    () =>
      sandboxes.map((sandbox): ChoiceOption => {
        const kind = sandbox.isProduction ? ` · ${text('sandbox.production')}` : '';
        return {
          value: sandbox.name,
          label: sandbox.name,
          hint: `${sandbox.title}${kind}`,
          ...(sandbox.state === 'active'
            ? {}
            : { disabled: text('sandbox.notActive', { state: sandbox.state }) }),
        };
      }),
    [sandboxes, text],
  );
  const usable = sandboxes.filter((one) => one.state === 'active');
  // Nobody should land in production by pressing Enter once too often.
  const harmless = usable.find((one) => !one.isProduction) ?? usable[0];
  const fromSettings = usable.find((one) => one.name === services.organisation.sandbox);
  return (
    <Choice
      options={options}
      initialValue={state.draft.sandbox?.name ?? fromSettings?.name ?? harmless?.name}
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
