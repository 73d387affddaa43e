import { type ReactElement, useMemo } from 'react';
import { Choice } from '../components/choice/choice.tsx';
import { useGlyphs } from '../components/theme/theme.tsx';
import { chosenMode } from '../wizard/draft.ts';
import { FieldsForm } from './fields-form.tsx';
import { locationOptions } from './options.ts';
import { Page } from './page.tsx';
import { StandInNote, standInLines } from './stand-in.tsx';
import { usePageKeys } from './page-keys.ts';
import { useWizard } from './wizard-context.tsx';

/** Which `params.mode`. */
export function LocationScreen(): ReactElement {
  const { state, send, text, isActive, height, width, openKeys } = useWizard();
  const glyphs = useGlyphs();
  const keys = usePageKeys(['move', 'choose', 'back', 'help']);
  const { destination, location } = state.draft;
  const stands = destination?.standsIn?.location === true;
  const options = useMemo(() => locationOptions({ text, glyphs }, destination), [text, glyphs, destination]);
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
  const keys = usePageKeys(['nextField', 'back', 'help']);
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
