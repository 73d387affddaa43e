import { type ReactElement, useLayoutEffect, useMemo, useState } from 'react';
import { Choice } from '../../components/choice/choice.tsx';
import type { ChoicePage } from '../../pages/page.ts';
import { Page, useBodyLines } from '../frame/page.tsx';
import { optionKeys, usePageKeys } from '../frame/page-keys.ts';
import { useWizard } from '../frame/wizard-context.tsx';
import { Fetched } from '../parts/fetched.tsx';
import { Note } from '../parts/line.tsx';

/** One of a few, with a word about each. */
export function ChoiceScreen({ page }: { readonly page: ChoicePage }): ReactElement {
  const { asking } = useWizard();
  const [isRefused, setRefused] = useState(false);
  const [lettered, setLettered] = useState('');
  const keys = usePageKeys([
    'move',
    ...(isRefused ? [] : (['choose'] as const)),
    ...lettered.split(' ').flatMap((value) => optionKeys[value] ?? []),
    'back',
    'help',
  ]);
  return (
    <Page intro={page.intro?.(asking)} question={page.question(asking)} keys={keys}>
      <Fetched page={page}>
        {(needed) => <Options page={page} needed={needed} onRefused={setRefused} onLettered={setLettered} />}
      </Fetched>
    </Page>
  );
}

/** Lines below the options: why one cannot be chosen, or what there was no room for beside it. */
const linesBelow = 2;

function Options(props: {
  readonly page: ChoicePage;
  readonly needed: unknown;
  /** Told whether the option under the cursor cannot be chosen. */
  readonly onRefused: (is: boolean) => void;
  /** Told the options that a letter chooses at once, side by side. */
  readonly onLettered: (values: string) => void;
}): ReactElement {
  const { page, needed } = props;
  const { asking, act, send, isActive, height, width } = useWizard();
  const options = useMemo(() => page.options(asking, needed), [page, asking, needed]);
  const lettered = options
    .flatMap(({ value, letter, disabled }) => (letter === undefined || disabled !== undefined ? [] : value))
    .join(' ');
  const { onLettered } = props;
  useLayoutEffect(() => onLettered(lettered), [onLettered, lettered]);
  const note = page.note?.(asking, needed);
  useBodyLines(options.length + linesBelow + (note === undefined ? 0 : 1));
  return (
    <>
      <Note>{note}</Note>
      <Choice
        options={options}
        initialValue={page.preferred(asking, needed)}
        height={height - 1 - (note === undefined ? 0 : 1)}
        width={width}
        isActive={isActive}
        onHighlight={(value) =>
          props.onRefused(options.find((one) => one.value === value)?.disabled !== undefined)
        }
        onBack={() => send({ type: 'wentBack' })}
        onSelect={(value) => act(page.chosen(value, asking, needed))}
      />
    </>
  );
}
