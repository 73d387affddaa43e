import type { ChoiceOption } from '../../components/choice/choice.tsx';
import { listText, type Text } from '../../locale/texts.ts';
import type { Asking, ChoicePage } from '../page.ts';
import type { StatusReading } from '../remote-cache.ts';
import { type Offers, placeOf } from '../services.ts';
import { flowsHint, homeFacts, runsHint, statusLine, watchesHere } from './home-status.ts';
import { leftOptions, takenUp } from './welcome.ts';

/** Where a person comes back to, once there is a platform and a sandbox. */
export const home: ChoicePage = {
  kind: 'choice',
  question: ({ text }) => text('question.home'),
  watches: watchesHere,
  note: (asking) =>
    watchesHere(asking) ? statusLine(asking.status ?? { kind: 'loading' }, asking) : undefined,
  options: (asking) => {
    const { text, services, status } = asking;
    const reading = status?.kind === 'ready' ? status.value : undefined;
    const facts = reading && homeFacts(reading);
    return [
      { value: 'new', label: text('home.activate'), hint: text('home.activateHint') },
      {
        value: 'flows',
        label: text('home.flows'),
        hint: facts
          ? flowsHint(facts, asking)
          : listText(text, [
              text('home.look'),
              ...(['change', 'pause', 'delete'] as const)
                .filter((what) => !services.isReadOnly && services.may(what))
                .map((what) => text(`home.${what}`)),
            ]),
      },
      {
        value: 'runs',
        label: text('home.runs'),
        hint: facts ? runsHint(facts, reading.readMs, asking) : text('home.runsHint'),
      },
      ...findingsOption(reading, text),
      ...leftOptions(asking, leftHere(asking)),
    ];
  },
  // Nothing that writes is a press of Enter away.
  preferred: ({ state }) => (state.flow === undefined ? 'new' : 'flows'),
  chosen(value, asking) {
    if (value === 'flows') return { type: 'listed' };
    return value === 'runs' || value === 'why'
      ? { type: 'watched', page: value }
      : takenUp(value, leftHere(asking));
  },
};

/** What was found, where there is anything. @see living.md, section 7 */
const findingsOption = (reading: StatusReading | undefined, text: Text): ChoiceOption[] =>
  reading?.watched.some(({ findings }) => findings.length > 0) === true
    ? [{ value: 'why', label: text('home.why'), letter: 'w', hint: text('home.whyHint') }]
    : [];

/** What earlier starts left in this sandbox. */
function leftHere({ state, services: { offers, organisation } }: Asking): Offers {
  const { platform, sandbox } = placeOf(state, organisation);
  return {
    drafts: offers.drafts.filter(
      ({ draft }) => draft.platform === platform && draft.sandbox?.name === sandbox,
    ),
    runs: platform === 'organisation' ? offers.runs.filter((one) => one.sandbox === sandbox) : [],
  };
}
