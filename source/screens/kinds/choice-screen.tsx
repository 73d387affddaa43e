import { type ReactElement, useMemo } from 'react';
import { Choice } from '../../components/choice/choice.tsx';
import type { ChoicePage } from '../../pages/page.ts';
import { Page } from '../frame/page.tsx';
import { usePageKeys } from '../frame/page-keys.ts';
import { useWizard } from '../frame/wizard-context.tsx';
import { Fetched } from '../parts/fetched.tsx';
import { Note } from '../parts/line.tsx';

/** One of a few, with a word about each. */
export function ChoiceScreen({ page }: { readonly page: ChoicePage }): ReactElement {
  const { asking } = useWizard();
  const keys = usePageKeys(['move', 'choose', 'back', 'help']);
  return (
    <Page question={page.question(asking)} keys={keys}>
      <Fetched page={page}>{(needed) => <Options page={page} needed={needed} />}</Fetched>
    </Page>
  );
}

function Options({ page, needed }: { readonly page: ChoicePage; readonly needed: unknown }): ReactElement {
  const { asking, act, send, isActive, height, width } = useWizard();
  const options = useMemo(() => page.options(asking, needed), [page, asking, needed]);
  const note = page.note?.(asking);
  return (
    <>
      <Note>{note}</Note>
      <Choice
        options={options}
        initialValue={page.preferred(asking, needed)}
        height={height - 1 - (note === undefined ? 0 : 1)}
        width={width}
        isActive={isActive}
        onBack={() => send({ type: 'wentBack' })}
        onSelect={(value) => act(page.chosen(value, asking, needed))}
      />
    </>
  );
}
