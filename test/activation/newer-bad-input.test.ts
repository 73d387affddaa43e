import { describe, expect, it } from 'vitest';
import { documentedForms, type Forms, formsOf } from '../../source/activation/spec/forms.ts';
import type { Field } from '../../source/activation/spec/field.ts';
import { newerDestinations } from '../../source/emulator/specs/newer-cards.ts';
import { connectionSpec } from '../../source/flow-service/specs.ts';
import { documentedProblems } from '../../source/activation/spec/spec-rules.ts';
import { planFindings } from '../../source/activation/findings/findings.ts';
import type { Plan, Selected } from '../../source/activation/plan/plan.ts';
import { readPlan } from '../../source/activation/plan/read-plan.ts';
import { english } from '../../source/locale/catalogs.ts';
import { inWords } from '../../source/locale/plan-words.ts';
import { textsOf } from '../../source/locale/texts.ts';
import { zhTW } from '../../source/locale/zh-TW.ts';
import { contractCards, otherAccounts } from '../helpers/contract-cards.ts';
import { newerPlan, planOfBodies } from '../helpers/newer-plan.ts';
import { tutorialPlan } from '../helpers/plans.ts';

const card = (name: string): Plan => {
  const { account, target } = contractCards.find((one) => one.name === name) ?? expect.unreachable();
  return planOfBodies(account, target).plan;
};
const withLocation = (plan: Plan, location: object): Plan => ({
  ...plan,
  destination: { ...plan.destination, location: { ...plan.destination.location, ...location } },
});
const withParams = (plan: Plan, specName: string, params: object): Plan => ({
  ...plan,
  destination: { ...plan.destination, auth: { specName, params: { ...params } } },
});
const withSelected = (plan: Plan, one: Selected): Plan => ({
  ...plan,
  attributes: { ...plan.attributes, selected: [...plan.attributes.selected, one] },
});
const selected = (plan: Plan): string => `$.attributes.selected[${plan.attributes.selected.length}]`;
const withSegment = (plan: Plan, change: object, schedule: object = {}): Plan => ({
  ...plan,
  segments: plan.segments.map((one) => ({ ...one, ...change, schedule: { ...one.schedule, ...schedule } })),
});

/** What `ferry plan check` tells, in words too: problems stop it, what only documents say does not. */
function told(plan: Plan): string[] {
  const reading = readPlan(JSON.stringify(plan));
  const problems = reading.kind === 'problems' ? reading.problems : documentedProblems(reading.plan);
  const found =
    reading.kind === 'problems' || problems.length > 0
      ? problems
      : planFindings(reading.plan, 0).filter(({ id }) => /ndocumented|Missing$|unknownDest/.test(id));
  for (const { id, values } of found) expect(english(id, values)).not.toMatch(/[{}]/);
  return found.map(({ id, path }) => `${path} ${id}`);
}

const servicePrincipal = {
  tenant: 'acme.onmicrosoft.com',
  servicePrincipalId: '0b1c6a52-2c7e-4f7f-9c5d-5a2d8f4f7b10',
  servicePrincipalKey: { $secret: 'env:LAKE_KEY' },
};
const lakeUrl = (url: string): Plan =>
  withParams(card('Azure Data Lake Gen2'), 'Azure Service Principal Auth', { url, ...servicePrincipal });
const role = (s3Role: string): Plan => withParams(card('Amazon S3'), 'Assumed Role', { s3Role });
const location = '$.destination.location';
const schedule = '$.segments[0].schedule';

describe('bad input for the newer cards', () => {
  it.each<[string, Plan, string[]]>([
    ...(['JSON', 'PARQUET'] as const).map((fileType): [string, Plan, string[]] => [
      `options of CSV with ${fileType}`,
      withLocation(newerPlan, { fileType }),
      [`${location}.csvOptions location.csvOptionsElsewhere`],
    ]),
    ...(['x', [], null] as const).map((csvOptions): [string, Plan, string[]] => [
      `${JSON.stringify(csvOptions)} for the options of CSV`,
      withLocation(newerPlan, { csvOptions }),
      [`${location}.csvOptions plan.wrongType`],
    ]),
    ...([null, { a: 1 }, ['x']] as const).map((escape): [string, Plan, string[]] => [
      `${JSON.stringify(escape)} for a sign of CSV`,
      withLocation(newerPlan, { csvOptions: { escape } }),
      [`${location}.csvOptions.escape plan.wrongType`],
    ]),
    [
      'a type of file in other letters',
      withLocation(newerPlan, { fileType: 'csv' }),
      [`${location}.fileType field.notOneOf`],
    ],
    [
      'a source in two columns',
      withSelected(withSelected(newerPlan, { path: 'person.gender', column: 'a' }), {
        path: 'person.gender',
        column: 'b',
      }),
      [],
    ],
    [
      'a source in two columns, one not named',
      withSelected(withSelected(newerPlan, { path: 'person.gender', column: 'a' }), 'person.gender'),
      [],
    ],
    [
      'a column twice',
      withSelected(withSelected(newerPlan, 'person.gender'), 'person.gender'),
      [`$.attributes.selected[${newerPlan.attributes.selected.length + 1}] attributes.duplicate`],
    ],
    ['TAB between columns', withLocation(newerPlan, { csvOptions: { delimiter: '\t' } }), []],
    ...(
      [
        ["array_to_string(organizations, '_')", 'attributes.separatorFirst'],
        ["array_to_string('a'b', organizations)", 'attributes.separatorFirst'],
        ["array_to_string('_'; organizations)", 'attributes.separatorFirst'],
        ["array_to_string('_', organizations)", undefined],
        ["array_to_string( '\\'', trim(organizations))", 'columns.otherwiseMade'],
        ['organizations[-1]', 'columns.otherwiseMade'],
        ['organizations[01]', 'columns.otherwiseMade'],
        ['size_of(organizations)', 'columns.otherwiseMade'],
        ['organizations[0]', undefined],
      ] as const
    ).map(([path, id]): [string, Plan, string[]] => [
      path,
      withSelected(newerPlan, path),
      id ? [`${selected(newerPlan)} ${id}`] : [],
    ]),
    ...['a\nb', 'a\tb'].map((column): [string, Plan, string[]] => [
      `the column ${JSON.stringify(column)}`,
      withSelected(newerPlan, { path: 'person.gender', column }),
      [`${selected(newerPlan)}.column columns.control`],
    ]),
    [
      'a sign-in where none is asked for',
      withParams(card('Data Landing Zone'), 'Access Key', {}),
      ['$.destination.auth auth.notAsked'],
    ],
    [
      'a macro within a folder of S3',
      withLocation(newerPlan, { path: '%SEGMENT_NAME%/daily' }),
      [`${location}.path field.pattern`],
    ],
    [
      'a macro that no folder has',
      withLocation(newerPlan, { path: 'daily/%DATETIME%' }),
      [`${location}.path field.pattern`],
    ],
    [
      'a macro in a folder of Blob',
      withLocation(card('Azure Blob Storage'), { path: 'daily/%SEGMENT_ID%' }),
      [`${location}.path field.pattern`],
    ],
    [
      'a folder of Google with a blank',
      withLocation(card('Google Cloud Storage'), { path: 'daily files' }),
      [`${location}.path field.pattern`],
    ],
    ...['daily files', ' <daily/>', 'daily\\in', 'täglich', 'daily?', '100%', '%DATE%/x'].flatMap((path) =>
      ['Amazon S3', 'Google Cloud Storage', 'Azure Blob Storage'].map((name): [string, Plan, string[]] => [
        `the folder "${path}" of ${name}`,
        withLocation(card(name), { path }),
        [`${location}.path ${path.startsWith(' ') ? 'field.blanks' : 'field.pattern'}`],
      ]),
    ),
    ...['Azure Data Lake Gen2', 'Data Landing Zone'].map((name): [string, Plan, string[]] => [
      `a folder with a blank, of which ${name} says nothing`,
      withLocation(card(name), { path: 'daily files/täglich' }),
      [],
    ]),
    [
      'a folder as somebody else has made it, of a dataflow that is there',
      { ...withLocation(newerPlan, { path: 'daily files' }), flow: '8256cfb4-17e6-432c-a469-6aedafb16cd5' },
      [`${location}.path finding.formUndocumented`],
    ],
    [
      'a type of file that there is not',
      withLocation(card('Data Landing Zone'), { fileType: 'XML' }),
      [`${location}.fileType field.notOneOf`],
    ],
    [
      'a number for what is a word',
      withLocation(card('Data Landing Zone'), { compression: 9 }),
      [`${location}.compression field.notOneOf`],
    ],
    [
      'a key of Amazon in small letters',
      withParams(card('Amazon S3'), 'Access Key', {
        s3AccessKey: 'akia2345abcd2345abcd',
        s3SecretKey: { $secret: 'env:S3_SECRET' },
      }),
      ['$.destination.auth.params.s3AccessKey field.pattern'],
    ],
    [
      'a container in capitals',
      withLocation(card('Azure Blob Storage'), { container: 'Exports' }),
      [`${location}.container field.pattern`],
    ],
    [
      'a bucket of Google that is called after it',
      withLocation(card('Google Cloud Storage'), { bucketName: 'my-g00gle-files' }),
      [`${location}.bucketName field.pattern`],
    ],
    [
      'what a file cannot be',
      withLocation(newerPlan, { compression: 'ZIP' }),
      [`${location}.compression field.notOneOf`],
    ],
    [
      'a delimiter that is not offered',
      withLocation(newerPlan, { csvOptions: { delimiter: '::' } }),
      [`${location}.csvOptions.delimiter field.notOneOf`],
    ],
    [
      'a manifest by a word',
      withLocation(newerPlan, { includeFileManifest: 'true' }),
      [`${location}.includeFileManifest plan.wrongType`],
    ],
    [
      'the mode of an older card',
      withLocation(newerPlan, { mode: 'S3' }),
      [`${location}.mode finding.modeUndocumented`],
    ],
    [
      'the mode that a migration has left',
      {
        ...withLocation(card('SFTP'), { mode: 'FTP' }),
        flow: 'ca5c6e9a-8559-4a08-97a5-f15b756da600',
      },
      [],
    ],
    [
      'the format of an older card',
      withLocation(newerPlan, { format: 'CSV' }),
      [`${location}.format finding.paramUndocumented`],
    ],
    [
      'a port that there is not',
      withParams(card('SFTP'), 'SFTP with Password', {
        domain: 'sftp.example.com',
        username: 'crm',
        password: { $secret: 'env:SFTP_PASSWORD' },
        port: '99999',
      }),
      ['$.destination.auth.params.port port.form'],
    ],
    ['a role that is no ARN', role('aep-export'), ['$.destination.auth.params.s3Role role.form']],
    [
      'a user in place of a role',
      role('arn:aws:iam::123456789012:user/aep'),
      ['$.destination.auth.params.s3Role role.form'],
    ],
    [
      'an address of a data lake as the portal shows it',
      lakeUrl('https://acme.dfs.core.windows.net/exports'),
      ['$.destination.auth.params.url lake.address'],
    ],
    [
      'an address of another storage',
      lakeUrl('s3://exports'),
      ['$.destination.auth.params.url field.pattern'],
    ],
    [
      'every week in increments',
      withSegment(newerPlan, { exportMode: 'FIRST_FULL_THEN_INCREMENTAL' }, { frequency: 'WEEKLY' }),
      [`${schedule}.frequency schedule.frequencyNotForMode`],
    ],
    [
      'every week to the data lake',
      withSegment(card('Azure Data Lake Gen2'), {}, { frequency: 'WEEKLY' }),
      [`${schedule}.frequency schedule.frequencyNotForCard`],
    ],
    [
      'every month after the evaluation',
      withSegment(
        newerPlan,
        {},
        { frequency: 'MONTHLY', triggerType: 'AFTER_SEGMENT_EVAL', startTime: undefined },
      ),
      [`${schedule}.triggerType schedule.triggerNotForFrequency`],
    ],
    [
      'every month to an older card',
      {
        ...tutorialPlan,
        segments: withSegment(
          newerPlan,
          {
            filenameTemplate: '%DESTINATION_NAME%_%SEGMENT_ID%',
          },
          { frequency: 'MONTHLY' },
        ).segments,
      },
      [`${schedule}.frequency schedule.frequencyNotForCard`],
    ],
    [
      'a macro that no file name has',
      withSegment(newerPlan, { filenameTemplate: '%MERGE_POLICY_ID%' }),
      ['$.segments[0].filenameTemplate template.unknownMacro'],
    ],
    [
      'a macro of the newer cards twice',
      withSegment(newerPlan, { filenameTemplate: '%DESTINATION%_%SANDBOX_NAME%_%DESTINATION%' }),
      ['$.segments[0].filenameTemplate template.repeatedMacro'],
    ],
    [
      'a macro of the newer cards on an older one',
      {
        ...tutorialPlan,
        segments: withSegment(newerPlan, {
          filenameTemplate: '%DESTINATION_NAME%_%SEGMENT_ID%_%SANDBOX_NAME%',
        }).segments,
      },
      ['$.segments[0].filenameTemplate template.unknownMacro'],
    ],
  ])('%s', (_, plan, wanted) => {
    expect(told(plan)).toEqual(wanted);
  });

  it.each([
    ...contractCards.map(({ name }): [string, Plan] => [name, card(name)]),
    ...otherAccounts.map(([name, account]): [string, Plan] => {
      const of = contractCards.find(({ id }) => account.includes(id)) ?? expect.unreachable();
      return [name, planOfBodies(account, of.target).plan];
    }),
  ])('nothing of the bodies of the contract: %s', (_, plan) => {
    expect(told(plan)).toEqual([]);
  });

  it('is called as the plan has it, so that each language has its words for it', () => {
    const [wrong] = documentedProblems(withLocation(newerPlan, { path: 'daily files' }));
    expect(wrong?.values['field']).toBe('path');
    expect(inWords(textsOf(zhTW, 'zh-TW'), wrong?.values ?? {})['field']).toBe('資料夾路徑');
  });

  it('says the address of a data lake that was meant, and no other text of a sign-in', () => {
    const better = (url: string): unknown => {
      const reading = readPlan(JSON.stringify(lakeUrl(url)));
      return reading.kind === 'problems' ? reading.problems[0]?.values['better'] : undefined;
    };
    expect(better('https://acme.dfs.core.windows.net/exports')).toBe(
      'abfss://exports@acme.dfs.core.windows.net',
    );
    expect(better('https://acme.dfs.core.windows.net/')).toBe('…');
    expect(better('"s3://user:hunter2@host"')).toBe('…');
  });

  it('is told of what the cards publish, name by name and pattern by pattern', () => {
    for (const published of newerDestinations().map((one) => connectionSpec.parse(one))) {
      const [known, spec] = [documentedForms(published.id), formsOf(published)];
      const facts = ({ name, path, pattern, isSecret, isRequired, isBase64, choices, conditions }: Field) => {
        const values = choices?.map(({ value }) => value).sort();
        // Segments are activated, never datasets.
        const others = conditions?.filter(({ field }) => field !== '_workflow') ?? [];
        return { [name]: { path, pattern, isSecret, isRequired, isBase64, others, values } };
      };
      const told = (fields: readonly Field[] = []): object =>
        // An address has a form that nobody publishes.
        Object.assign(
          {},
          ...fields.map((one) => facts(one.name === 'url' ? { ...one, pattern: undefined } : one)),
        ) as object;
      expect(told(known?.modes[0]?.fields)).toEqual(told(spec.modes[0]?.fields));
      const signIns = (forms: Forms | undefined) =>
        Object.fromEntries(forms?.auth.map(({ specName, fields }) => [specName, told(fields)]) ?? []);
      expect(signIns(known)).toEqual(signIns(spec));
    }
  });

  it.each([
    'daily/%SEGMENT_NAME%',
    'daily/%SEGMENT_ID%/',
    'daily/%SEGMENT_ID%/%SEGMENT_NAME%',
    '%SEGMENT_ID%',
  ])('takes macros of the segment at the end of a folder: %s', (path) => {
    expect(told(withLocation(newerPlan, { path }))).toEqual([]);
    expect(told(withLocation(card('Google Cloud Storage'), { path }))).toEqual([]);
    for (const name of ['Azure Data Lake Gen2', 'Data Landing Zone'])
      expect(told(withLocation(card(name), { path }))).toEqual([]);
  });
});

it('names the values of a plan so that each can be seen', () => {
  const said = documentedProblems(withLocation(newerPlan, { csvOptions: { delimiter: '\\t' } }));
  expect(said.map(({ id, values }) => english(id, values))).toEqual([
    String.raw`delimiter must be one of: ",", "\t", "|", ";", ":".`,
  ]);
});
