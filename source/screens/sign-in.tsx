import { type ReactElement, useMemo } from 'react';
import { Choice } from '../components/choice/choice.tsx';
import { chosenMethod } from '../wizard/draft.ts';
import { FieldsForm } from './fields-form.tsx';
import { signInOptions } from './options.ts';
import { Page } from './page.tsx';
import { StandInNote, standInLines } from './stand-in.tsx';
import { usePageKeys } from './page-keys.ts';
import { useWizard } from './wizard-context.tsx';

/** Which `auth.specName`. */
export function SignInScreen(): ReactElement {
  const { state, send, text, isActive, height, width, openKeys } = useWizard();
  const keys = usePageKeys(['move', 'choose', 'back', 'help']);
  const { destination, signIn } = state.draft;
  const stands = destination?.standsIn?.auth === true;
  const options = useMemo(() => signInOptions(text, destination), [text, destination]);
  return (
    <Page
      question={text('question.signIn', { destination: destination?.name ?? '' })}
      next={text('page.location')}
      keys={keys}
    >
      <StandInNote stands={stands} />
      <Choice
        options={options}
        initialValue={signIn.specName}
        height={height - 1 - standInLines(stands)}
        width={width}
        isActive={isActive}
        onHelp={openKeys}
        onBack={() => send({ type: 'wentBack' })}
        onSelect={(value) => send({ type: 'answered', answer: { of: 'signIn', value } })}
      />
    </Page>
  );
}

/** `auth.params` of the chosen sign-in. */
export function SignInFieldsScreen(): ReactElement {
  const { state, send, text } = useWizard();
  const keys = usePageKeys(['nextField', 'back', 'help']);
  const method = chosenMethod(state.draft);
  return (
    <Page
      question={text('question.signInFields', { specName: method?.specName ?? '' })}
      next={text('page.location')}
      keys={keys}
    >
      <FieldsForm
        standsIn={state.draft.destination?.standsIn?.auth === true}
        fields={method?.fields ?? []}
        values={state.draft.signIn.params}
        onChange={(value) => send({ type: 'kept', answer: { of: 'signInFields', value } })}
        onSubmit={(value) => send({ type: 'answered', answer: { of: 'signInFields', value } })}
      />
    </Page>
  );
}
