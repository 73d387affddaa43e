import { type ReactElement, useMemo } from 'react';
import { olderCloudStorageMode } from '../activation/catalog.ts';
import { Choice, type ChoiceOption } from '../components/choice/choice.tsx';
import { chosenMode } from '../wizard/draft.ts';
import { FieldsForm } from './fields-form.tsx';
import { Page } from './page.tsx';
import { StandInNote, standInLines } from './stand-in.tsx';
import { usePageKeys } from './page-keys.ts';
import { useWizard } from './wizard-context.tsx';

/** Which `params.mode`. */
export function LocationScreen(): ReactElement {
  const { state, send, text, isActive, height, width, openKeys } = useWizard();
  const keys = usePageKeys(['move', 'choose', 'back', 'help']);
  const { destination, location } = state.draft;
  const stands = destination?.standsIn?.location === true;
  const options = useMemo(
    () =>
      (destination?.modes ?? []).map(({ mode = '', fields }): ChoiceOption => {
        const params = fields.map((field) => field.title).join(', ');
        const note =
          mode === olderCloudStorageMode
            ? text('location.older')
            : mode === destination?.defaultMode
              ? text('location.default')
              : undefined;
        return { value: mode, label: mode, hint: note === undefined ? params : `${params} · ${note}` };
      }),
    [destination, text],
  );
  return (
    <Page question={text('question.location')} next={text('page.segments')} keys={keys}>
      <StandInNote stands={stands} />
      <Choice
        options={options}
        initialValue={location.mode ?? destination?.defaultMode}
        height={height - 1 - standInLines(stands)}
        width={width}
        isActive={isActive}
        onHelp={openKeys}
        onBack={() => send({ type: 'wentBack' })}
        onSelect={(value) => send({ type: 'answered', answer: { of: 'location', value } })}
      />
    </Page>
  );
}

/** The other params of the chosen mode. */
export function LocationFieldsScreen(): ReactElement {
  const { state, send, text } = useWizard();
  const keys = usePageKeys(['nextField', 'back']);
  const mode = chosenMode(state.draft);
  return (
    <Page
      question={text('question.locationFields', { mode: mode?.mode ?? '' })}
      next={text('page.segments')}
      keys={keys}
    >
      <FieldsForm
        standsIn={state.draft.destination?.standsIn?.location === true}
        fields={mode?.fields ?? []}
        values={state.draft.location.params}
        onChange={(value) => send({ type: 'kept', answer: { of: 'locationFields', value } })}
        onSubmit={(value) => send({ type: 'answered', answer: { of: 'locationFields', value } })}
      />
    </Page>
  );
}
