import { type ReactElement, useMemo } from 'react';
import { Choice, type ChoiceOption } from '../components/choice/choice.tsx';
import { chosenMethod } from '../wizard/draft.ts';
import { FieldsForm } from './fields-form.tsx';
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
  const options = useMemo(
    () =>
      (destination?.auth ?? []).map((method): ChoiceOption => ({
        value: method.specName,
        label: method.specName,
        hint: method.fields
          .filter((field) => field.isRequired)
          .map((field) => field.title)
          .join(', '),
      })),
    [destination],
  );
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
  const keys = usePageKeys(['nextField', 'back']);
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
