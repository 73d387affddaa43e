import { lazy, type ReactElement, Suspense, useLayoutEffect, useMemo, useState } from 'react';
import { Box, Text } from 'ink';
import { Choice } from '../../components/choice/choice.tsx';
import { firstLines, wrapBeside, wrapText } from '../../components/text/wrap.ts';
import { useTone } from '../../components/theme/theme.tsx';
import { leadsTo } from '../../pages/leads-to.ts';
import type { Sandbox } from '../../flow-service/sandboxes.ts';
import type { Confirmation } from '../../pages/ending/confirmation.ts';
import type { Asking, ChoicePage, Outcome } from '../../pages/page.ts';
import type { Remote, StatusReading } from '../../pages/remote-cache.ts';
import type { PageId } from '../../wizard/pages.ts';
import { useBodyLines } from '../frame/body-room.ts';
import { Page } from '../frame/page.tsx';
import { optionKeys, useAskedKeys, usePageKeys } from '../frame/page-keys.ts';
import { useWizard } from '../frame/wizard-context.tsx';
import { Confirmations, linesOf } from '../parts/confirmations.tsx';
import { useSandboxes } from '../parts/remote.tsx';
import { placeOf } from '../../pages/services.ts';
import { Fetched } from '../parts/fetched.tsx';
import { Note } from '../parts/line.tsx';

/** Not read with the first page, which watches nothing. */
const Watching = lazy(async () => ({
  default: (await import('../own/watch/watching.tsx')).Watching,
}));

/** One of a few, with a word about each. */
export function ChoiceScreen({ page }: { readonly page: ChoicePage }): ReactElement {
  const { asking } = useWizard();
  const [isRefused, setRefused] = useState(false);
  const [lettered, setLettered] = useState('');
  const [asked, setAsked] = useState<string>();
  const [leads, setLeads] = useState<PageId | 'nowhere'>();
  const askedKeys = useAskedKeys();
  const keys = usePageKeys(
    asked === undefined
      ? [
          'move',
          ...(isRefused ? [] : (['choose'] as const)),
          ...lettered.split(' ').flatMap((value) => optionKeys[value] ?? []),
          'back',
          'help',
        ]
      : [...askedKeys, 'help'],
  );
  return (
    <Page intro={page.intro?.(asking)} question={page.question(asking)} keys={keys} leadsTo={leads}>
      <Fetched page={page}>
        {(needed) => (
          <Options
            page={page}
            needed={needed}
            asked={asked}
            onAsked={setAsked}
            onRefused={setRefused}
            onLettered={setLettered}
            onLeadsTo={setLeads}
          />
        )}
      </Fetched>
    </Page>
  );
}

/** With fewer lines than this nothing of the options is seen above a question. */
const leastSeen = 3;

/** Lines below the options: why one cannot be chosen, or what there was no room for beside it. */
const linesBelow = 2;

function Options(props: {
  readonly page: ChoicePage;
  readonly needed: unknown;
  /** The option that is asked about before it does anything. */
  readonly asked: string | undefined;
  readonly onAsked: (value: string | undefined) => void;
  /** Told whether the option under the cursor cannot be chosen. */
  readonly onRefused: (is: boolean) => void;
  /** Told the options that a letter chooses at once, side by side. */
  readonly onLettered: (values: string) => void;
  /** Told where the option under the cursor leads. */
  readonly onLeadsTo: (page: PageId | 'nowhere' | undefined) => void;
}): ReactElement {
  const { page, needed, asked, onAsked } = props;
  const { asking: known, act, send, text, isActive, height, width } = useWizard();
  const [status, setStatus] = useState<Remote<StatusReading>>();
  const asking = useMemo(() => (status === undefined ? known : { ...known, status }), [known, status]);
  const options = useMemo(() => page.options(asking, needed), [page, asking, needed]);
  const lettered = options
    .flatMap(({ value, letter, disabled }) => (letter === undefined || disabled !== undefined ? [] : value))
    .join(' ');
  const [here, setHere] = useState(() => page.preferred(asking, needed));
  const under = options.find(({ value }) => value === here) ?? options[0];
  const isAsked = asked !== undefined || (under && askedOf(page, under.value, asking, needed)) !== undefined;
  const leads =
    under === undefined || under.disabled !== undefined || isAsked
      ? 'nowhere'
      : leadsTo(page.chosen(under.value, asking, needed), asking.state);
  const { onLettered, onLeadsTo } = props;
  useLayoutEffect(() => onLeadsTo(leads), [onLeadsTo, leads]);
  useLayoutEffect(() => onLettered(lettered), [onLettered, lettered]);
  const tone = useTone();
  const first = asked === undefined ? undefined : askedOf(page, asked, asking, needed);
  const questionLines = Math.max(
    0,
    ...(first?.all ?? []).map((one) => linesOf(one, text, width, asking.glyphs)),
  );
  const choiceLines = options.length + linesBelow;
  const said = page.note?.(asking, needed);
  // Whole where there is room, and a line of it anyway.
  const notes =
    said === undefined
      ? []
      : firstLines(
          wrapText(said, width - 2),
          Math.max(1, height - 1 - choiceLines),
          width - 2,
          asking.glyphs.ellipsis,
        );
  const noteLines = notes.length;
  // What is asked is seen whole, with its answers.
  const isCovered =
    asked !== undefined && height - 1 - noteLines - questionLines < Math.min(choiceLines, leastSeen);
  const parts = asked === undefined ? page.parts?.(asking, needed) : undefined;
  const partLines = parts
    ? [parts.title, ...parts.lines.flatMap((one) => wrapBeside('  ', one, width - 4))]
    : [];
  // Whole where they are few; the options come first.
  const partRoom = Math.max(0, height - noteLines - choiceLines - 1);
  const shownParts = partRoom < 2 ? [] : firstLines(partLines, partRoom, width - 4, asking.glyphs.ellipsis);
  useBodyLines(
    choiceLines + noteLines + questionLines + (shownParts.length === 0 ? 0 : 1 + partLines.length),
  );
  return (
    <>
      {page.watches?.(known) === true ? (
        <Suspense>
          <Watching onStatus={setStatus} />
        </Suspense>
      ) : null}
      {notes.map((line, at) => (
        <Note key={at}>{line}</Note>
      ))}
      <Box display={isCovered ? 'none' : 'flex'} flexDirection="column">
        <Choice
          options={options}
          initialValue={page.preferred(asking, needed)}
          height={Math.max(
            1,
            height - 1 - noteLines - questionLines - (shownParts.length === 0 ? 0 : 1 + shownParts.length),
          )}
          width={width}
          isActive={isActive && asked === undefined}
          onHighlight={(value) => {
            setHere(value);
            props.onRefused(options.find((one) => one.value === value)?.disabled !== undefined);
          }}
          onBack={() => send({ type: 'wentBack' })}
          onSelect={(value) => {
            if (askedOf(page, value, asking, needed)) onAsked(value);
            else act(page.chosen(value, asking, needed));
          }}
        />
      </Box>
      {shownParts.length === 0 ? null : (
        <Box flexDirection="column" marginTop={1}>
          {shownParts.map((line, at) => (
            <Text key={at} {...(at === 0 ? tone.strong : tone.muted)} wrap="truncate">
              {`    ${line}`}
            </Text>
          ))}
        </Box>
      )}
      {asked === undefined ? null : (
        <Box flexDirection="column" marginTop={1}>
          <Question page={page} needed={needed} value={asked} onClose={() => onAsked(undefined)} />
        </Box>
      )}
    </>
  );
}

/** What is asked before an option does anything, and what it does then; nothing for one that asks nothing. */
function askedOf(
  page: ChoicePage,
  value: string,
  asking: Asking,
  needed: unknown,
  sandboxes?: readonly Sandbox[],
): { all: readonly [Confirmation, ...Confirmation[]]; outcome: Outcome | undefined } | undefined {
  const doubt = page.doubted?.(value, asking);
  return doubt
    ? { all: [doubt], outcome: page.chosen(value, asking, needed) }
    : page.confirmed?.(value, asking, sandboxes);
}

/** Nothing is written before this is answered. */
function Question(props: {
  readonly page: ChoicePage;
  readonly needed: unknown;
  readonly value: string;
  readonly onClose: () => void;
}): ReactElement | null {
  const { asking, act } = useWizard();
  const sandboxes = useSandboxes(placeOf(asking.state, asking.services.organisation));
  const asked = askedOf(props.page, props.value, asking, props.needed, sandboxes);
  return asked === undefined ? null : (
    <Confirmations all={asked.all} onConfirmed={() => act(asked.outcome)} onClose={props.onClose} />
  );
}
