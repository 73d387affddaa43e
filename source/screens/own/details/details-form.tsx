import { Box } from 'ink';
import { type ReactElement, useMemo, useState } from 'react';
import { kindOf } from '../../../activation/spec/catalog.ts';
import { Form, type FormField } from '../../../components/form/form.tsx';
import { detailValues } from '../../../pages/schedule/detail-fields.ts';
import { detailsEditor as page } from '../../../pages/schedule/schedule.ts';
import { scopeOf } from '../../../pages/schedule/scope.ts';
import { ShortBody } from '../../frame/body-room.ts';
import { Page } from '../../frame/page.tsx';
import { type PageKeyName, usePageKeys } from '../../frame/page-keys.ts';
import { useWizard } from '../../frame/wizard-context.tsx';
import { useFormTexts } from '../../parts/list-texts.ts';
import { panelGap, panelWidth } from '../../parts/side-panel.ts';
import { DatePicker } from './date-picker.tsx';
import { ExportPreview, previewLines } from './export-preview.tsx';
import { MacroEditor } from './macro-editor.tsx';

type DateField = 'startDate' | 'endDate';

const isDate = (field: string): field is DateField => field === 'startDate' || field === 'endDate';

function keysAt(field: FormField | undefined, last: string | undefined): PageKeyName[] {
  const { name = '', kind } = field ?? {};
  return [
    ...(kind === 'choice' ? (['pickInField'] as const) : []),
    'move',
    name === last ? 'continue' : 'nextField',
    ...(isDate(name) ? (['calendar'] as const) : name === 'filenameTemplate' ? (['macros'] as const) : []),
    'back',
    'help',
  ];
}

/** Lines that the page needs where there are many: every field, and what the answers lead to. */
const bodyLines = 20;

/** The form, with a calendar and an order of macros behind it, and what the answers lead to below. */
export function DetailsEditor(): ReactElement {
  const { asking, send, text, isActive, height, width } = useWizard();
  const texts = useFormTexts();
  const [helper, setHelper] = useState<DateField | 'filenameTemplate'>();
  const [field, setField] = useState<string | undefined>(asking.state.field);
  const fields = useMemo(
    () =>
      page
        .fields(asking, {})
        .map((one) => (one.name === 'startDate' ? { ...one, help: text('settings.dateHelp') } : one)),
    [asking, text],
  );
  const [active, setActive] = useState(field ?? fields[0]?.name);
  const keys = usePageKeys(
    helper === undefined
      ? keysAt(
          fields.find(({ name }) => name === active),
          fields.at(-1)?.name,
        )
      : helper === 'filenameTemplate'
        ? ['take', 'order', 'choose', 'back']
        : ['byDay', 'byMonth', 'choose', 'back'],
  );
  const { settings, card } = scopeOf(asking.state, text);
  const values = detailValues(settings);
  const keep = (changed: string, value: string): void => {
    setField(changed);
    if (page.kept) send({ type: 'kept', answer: page.kept({ [changed]: value }) });
  };
  const close = (): void => {
    setField(helper);
    setHelper(undefined);
  };
  const panel = panelWidth(width);
  const lines = panel === undefined ? previewLines(height) : 0;
  const hasPreview = helper === undefined || helper === 'filenameTemplate';
  const asked = panel === undefined ? width : width - panel - panelGap;
  return (
    <Page question={page.question(asking)} keys={keys}>
      <ShortBody lines={bodyLines} hasOwnPanel />
      <Box columnGap={panelGap} flexDirection={panel === undefined ? 'column' : 'row'}>
        <Box flexDirection="column" width={asked} flexShrink={0}>
          {helper === undefined ? (
            <Form
              // Another mode, frequency or trigger brings other values along.
              key={[values.exportMode, values.frequency, values.triggerType].join(' ')}
              fields={fields}
              initialValues={values}
              initialField={field}
              texts={texts}
              isChecked
              height={Math.min(height - lines, bodyLines)}
              width={asked}
              isActive={isActive}
              onBack={() => send({ type: 'wentBack' })}
              onActive={setActive}
              onChange={keep}
              onKey={(press, at) => {
                if (press.kind !== 'ctrl' || press.letter !== 'o') return;
                if (isDate(at) || at === 'filenameTemplate') setHelper(at);
              }}
              onSubmit={(answers) => send({ type: 'answered', answer: page.answered(answers, asking) })}
            />
          ) : helper === 'filenameTemplate' ? (
            <MacroEditor
              template={values.filenameTemplate}
              kind={kindOf(card)}
              onChange={(value) => keep('filenameTemplate', value)}
              onClose={close}
            />
          ) : (
            <DatePicker
              value={values[helper] === '' ? values.startDate : values[helper]}
              onBack={close}
              onPick={(day) => {
                keep(helper, day);
                close();
              }}
            />
          )}
        </Box>
        {hasPreview ? (
          <ExportPreview
            lines={panel === undefined ? lines : Math.min(height, bodyLines)}
            width={panel ?? width}
            isBeside={panel !== undefined}
            fields={fields.map(({ name }) => name)}
          />
        ) : null}
      </Box>
    </Page>
  );
}
