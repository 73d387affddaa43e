import type { ChoicePage } from '../page.ts';
import { timeText } from '../watch/freshness.ts';

type Act = 'goOn' | 'look' | 'lookOnly';

/** Whether the storage takes files, seen from here: nobody has to look, and whoever does sees it on the terminal as it is. */
export const storage: ChoicePage<unknown, Act> = {
  kind: 'choice',
  question: ({ text }) => text('question.storage'),
  note({ text, state: { storageSeen } }) {
    if (storageSeen === undefined) return undefined;
    const at = timeText(storageSeen.atMs);
    const { failed } = storageSeen;
    return failed === undefined
      ? text('storagePage.fine', { at })
      : text('storagePage.failed', { at, failed });
  },
  options: ({ text, services }) => [
    { value: 'goOn', label: text('storagePage.goOn'), hint: text('storagePage.goOnHint') },
    ...(services.isReadOnly
      ? []
      : [{ value: 'look', label: text('storagePage.look'), hint: text('storagePage.lookHint') } as const]),
    { value: 'lookOnly', label: text('storagePage.lookOnly'), hint: text('storagePage.lookOnlyHint') },
  ],
  preferred: () => 'goOn',
  chosen: (act) =>
    act === 'goOn'
      ? { type: 'continued' }
      : {
          type: 'ended',
          ending: { outcome: 'done', lines: [], then: { kind: 'storage', writes: act === 'look' } },
        },
};
