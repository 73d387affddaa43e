import { type ReactElement, type ReactNode, useEffect } from 'react';
import type { Page as Declared } from '../../pages/page.ts';
import type { OfferedDestinations } from '../../pages/remote-cache.ts';
import { formsNeeded, formsRead } from '../../pages/target/read-forms.ts';
import { lacksForms } from '../../wizard/moves.ts';
import { usePageKeys } from '../frame/page-keys.ts';
import { Page } from '../frame/page.tsx';
import { useWizard } from '../frame/wizard-context.tsx';
import { Fetched } from './fetched.tsx';

/** A page that shows forms, once those are what the platform publishes. */
export function FormsRead(props: { readonly page: Declared; readonly children: ReactNode }): ReactElement {
  const { state, asking } = useWizard();
  const keys = usePageKeys(['back', 'help']);
  if (!lacksForms(state)) return <>{props.children}</>;
  return (
    <Page question={props.page.question(asking)} keys={keys}>
      <Fetched page={{ needs: formsNeeded }}>{(offered) => <Taking offered={offered} />}</Fetched>
    </Page>
  );
}

function Taking({ offered }: { readonly offered: OfferedDestinations }): null {
  const { state, send } = useWizard();
  useEffect(() => send(formsRead(state, offered)), [state, send, offered]);
  return null;
}
