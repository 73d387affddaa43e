import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import ts from 'typescript';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { PlanSegment } from '../../source/activation/plan/plan.ts';
import {
  type ChoiceName,
  choicesIn,
  isChoice,
  placeOf,
  type SettingName,
  settingNames,
  type SettingNameOf,
  settings,
  settingsOf,
  type SettingTable,
  shownSettings,
  withoutIdentity,
  withSettings,
} from '../../source/activation/settings.ts';
import { soundPlan, tutorialPlan } from '../helpers/plans.ts';
import { itInSoak } from '../helpers/soak.ts';

const [once, sixHours] = tutorialPlan.segments;
if (!once || !sixHours) throw new Error('no segments');

const { exportMode } = settings;

const root = path.join(import.meta.dirname, '..', '..');

const parsed = new Map<string, ts.SourceFile>();

/** What the compiler says of files when one of them is written otherwise. */
function errorsOf(roots: readonly string[], changed: string, change: (source: string) => string): string[] {
  const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), (file) => ts.sys.readFile(file)) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  // Nothing that is looked at here needs them, and they take long.
  options.types = [];
  const host = ts.createCompilerHost(options);
  const file = path.join(root, changed);
  const readFile = host.readFile.bind(host);
  host.readFile = (name) =>
    path.resolve(name) === file ? change(readFileSync(file, 'utf8')) : readFile(name);
  host.getSourceFile = (name, version) => {
    const isChanged = path.resolve(name) === file;
    const source = isChanged ? undefined : parsed.get(name);
    if (source) return source;
    const text = host.readFile(name);
    if (text === undefined) return undefined;
    const made = ts.createSourceFile(name, text, version);
    if (!isChanged) parsed.set(name, made);
    return made;
  };
  const program = ts.createProgram(
    roots.map((one) => path.join(root, one)),
    options,
    host,
  );
  return roots.flatMap((one) =>
    program
      .getSemanticDiagnostics(program.getSourceFile(path.join(root, one)))
      .map(({ messageText }) => `${one}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`),
  );
}

describe('the table of settings', () => {
  it('is sent and shown in its order, each once, the long one last', () => {
    expect(settingNames).toEqual([
      'filenameTemplate',
      'exportMode',
      'frequency',
      'triggerType',
      'startDate',
      'endDate',
      'startTime',
    ]);
    expect([...shownSettings].sort()).toEqual([...settingNames].sort());
    expect(shownSettings.at(-1)).toBe('filenameTemplate');
  });

  it('does not compile without a line for every member of a plan’s segment', () => {
    type Schedule = PlanSegment['schedule'];
    type WithWeekday = PlanSegment & { schedule: Schedule & { weekday?: string } };
    type WithPriority = PlanSegment & { priority: string };
    type WithDays = PlanSegment & { schedule: Schedule & { days: string[] } };
    expectTypeOf<SettingNameOf<WithWeekday>>().toEqualTypeOf<SettingName | 'weekday'>();
    expectTypeOf<SettingNameOf<WithPriority>>().toEqualTypeOf<SettingName | 'priority'>();

    const whole: SettingTable<PlanSegment> = settings;
    // @ts-expect-error A member of the schedule that the table does not know.
    const withoutWeekday: SettingTable<WithWeekday> = settings;
    // @ts-expect-error A member of the segment that the table does not know.
    const withoutPriority: SettingTable<WithPriority> = settings;
    const days = { place: ['schedule', 'days'], label: 'segmentField.days', isRequired: true } as const;
    // @ts-expect-error A list cannot be compared as a text.
    const withDays: SettingTable<WithDays> = { ...settings, days };
    // @ts-expect-error What a plan must have must be called required.
    const notRequired: SettingTable<PlanSegment> = { ...settings, exportMode: { ...settings.endDate } };
    expect([whole, withoutWeekday, withoutPriority, withDays, notRequired]).toHaveLength(5);
  });

  it('knows which are one of a few, and does not compile where a line does not say so', () => {
    expectTypeOf<ChoiceName>().toEqualTypeOf<'exportMode' | 'frequency' | 'triggerType'>();
    expect(settingNames.filter(isChoice)).toEqual(['exportMode', 'frequency', 'triggerType']);

    const values = ['A'] as const;
    const unsaid = { ...exportMode, values: undefined };
    // @ts-expect-error One of a few without its values.
    const noValues: SettingTable<PlanSegment> = { ...settings, exportMode: unsaid };
    // @ts-expect-error A value that a plan cannot hold.
    const another: SettingTable<PlanSegment> = { ...settings, exportMode: { ...exportMode, values } };
    // @ts-expect-error Any text is not one of a few.
    const ofText: SettingTable<PlanSegment> = { ...settings, endDate: { ...settings.endDate, values } };
    expect([noValues, another, ofText]).toHaveLength(3);
  });

  it('takes of what was given what is one of the few, and no other', () => {
    expect(choicesIn({ exportMode: 'X', frequency: 'DAILY', triggerType: '', startDate: 'DAILY' })).toEqual({
      frequency: 'DAILY',
    });
    expect(choicesIn({ toString: 'DAILY' })).toEqual({});
  });

  itInSoak(
    'stops a member that is only in the schema of a plan, in the table and where it is asked',
    () => {
      const files = ['source/activation/settings.ts', 'source/pages/schedule/detail-fields.ts'];
      const asItIs = errorsOf(files, 'source/activation/plan/plan.ts', (source) => source);
      expect(asItIs).toEqual([]);
      const errors = errorsOf(files, 'source/activation/plan/plan.ts', (source) =>
        source.replace('  startTime: maybeText,\n', '$&  weekday: maybeText,\n'),
      );
      for (const file of files)
        expect(errors.filter((error) => error.startsWith(file)).join('\n')).toMatch(/weekday/);
    },
    60_000,
  );

  itInSoak(
    'does not let a setting stand in a plan only: the wire’s shape has to know it too',
    () => {
      const errors = errorsOf(['source/activation/settings.ts'], 'source/flow-service/flows.ts', (source) =>
        source.replace('        endDate: textOrNull,\n', ''),
      );
      expect(errors).not.toEqual([]);
      for (const error of errors) expect(error).toContain('endDate');
    },
    60_000,
  );
});

describe('settings as they are compared', () => {
  it.each<[string, object, string | undefined, SettingName]>([
    ['an absent trigger is a set time', { schedule: {} }, 'SCHEDULED', 'triggerType'],
    ['so is one without any schedule', {}, 'SCHEDULED', 'triggerType'],
    ['seconds say nothing', { schedule: { startTime: '17:00:00' } }, '17:00', 'startTime'],
    ['seconds that say something stay', { schedule: { startTime: '17:00:30' } }, '17:00:30', 'startTime'],
    ['null is absent', { schedule: { endDate: null } }, undefined, 'endDate'],
    ['what is no text is absent', { exportMode: 7 }, undefined, 'exportMode'],
    ['what only the prototype has is absent', { schedule: 'startTime' }, undefined, 'startTime'],
    ['an empty text is one', { filenameTemplate: '' }, '', 'filenameTemplate'],
  ])('%s', (_, held, wanted, name) => {
    expect(settingsOf(held)[name]).toBe(wanted);
  });
});

describe('settings that are written', () => {
  it('stand in the order of the contract’s example', () => {
    const written = JSON.stringify(withSettings({ id: 'A' }, settingsOf(sixHours)));
    expect(written).toBe(
      '{"id":"A","filenameTemplate":"%DESTINATION_NAME%_%SEGMENT_ID%_%DATETIME(YYYYMMdd_HHmmss)%",' +
        '"exportMode":"FIRST_FULL_THEN_INCREMENTAL","schedule":{"frequency":"EVERY_6_HOURS",' +
        '"triggerType":"SCHEDULED","startDate":"2021-12-22","endDate":"2021-12-31","startTime":"17:00"}}',
    );
  });

  it('change only what they name, keep what nobody knows, and do not touch what they are given', () => {
    const held = JSON.parse(
      '{"toString":1,"__proto__":{"a":1},"exportMode":"X","schedule":{"endDate":"2026-12-31","constructor":2,"__proto__":3}}',
    ) as object;
    const before = JSON.stringify(held);
    const written = withSettings(held, { exportMode: 'Y' }, ['exportMode', 'endDate']);
    expect(JSON.stringify(written)).toBe(
      '{"toString":1,"__proto__":{"a":1},"exportMode":"Y","schedule":{"constructor":2,"__proto__":3}}',
    );
    expect(JSON.stringify(held)).toBe(before);
    expect(Object.getPrototypeOf(written)).toBe(Object.prototype);
  });

  it('make a schedule where there is none', () => {
    expect(withSettings({ schedule: null }, { startDate: '2026-12-01' }, ['startDate'])).toEqual({
      schedule: { startDate: '2026-12-01' },
    });
  });

  it('are read again as they were, of any sound plan', () => {
    fc.assert(
      fc.property(soundPlan, ({ segments }) => {
        for (const segment of segments) {
          const read = settingsOf(segment);
          expect(settingsOf(withSettings({}, read))).toEqual(read);
          expect(settingsOf(withoutIdentity(segment))).toEqual(read);
          for (const name of settingNames) {
            const without = withSettings(segment, {}, [name]);
            expect(settingsOf(without)[name]).toBe(name === 'triggerType' ? 'SCHEDULED' : undefined);
            expect(withSettings(without, read, [name])).toEqual(withSettings(segment, read, [name]));
          }
        }
      }),
    );
  });

  it('stand in the same place in a plan and in a selector', () => {
    expect(placeOf('exportMode')).toEqual(['exportMode']);
    expect(placeOf('startTime')).toEqual(['schedule', 'startTime']);
    expect(Object.keys(withoutIdentity({ ...once, namespace: 'N', systemSegmentId: 'S' }))).toEqual([
      'filenameTemplate',
      'exportMode',
      'schedule',
    ]);
  });
});
