import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { documentedProblems } from '../../source/activation/spec/spec-rules.ts';
import { planFindings } from '../../source/activation/findings/findings.ts';
import { nameProblem } from '../../source/activation/content/column-edits.ts';
import { attributeOf, type Plan, type Selected } from '../../source/activation/plan/plan.ts';
import { readPlan } from '../../source/activation/plan/read-plan.ts';
import { secretProblems } from '../../source/commands/plan/resolve-secrets.ts';
import { unicodeGlyphs as glyphs } from '../../source/components/theme/glyphs.ts';
import { english } from '../../source/locale/catalogs.ts';
import type { Asking, FieldsPage } from '../../source/pages/page.ts';
import type { WizardServices } from '../../source/pages/services.ts';
import { frequencySwitch } from '../../source/pages/schedule/switches.ts';
import { locationFields } from '../../source/pages/target/location.ts';
import { signInFields } from '../../source/pages/target/sign-in.ts';
import type { Draft } from '../../source/wizard/draft.ts';
import { fromPlan } from '../../source/wizard/from-plan.ts';
import { initialState, reduce } from '../../source/wizard/reducer.ts';
import { contractCards } from '../helpers/contract-cards.ts';
import { newerChosen } from '../helpers/newer-chosen.ts';
import { newerPlan, planOfBodies } from '../helpers/newer-plan.ts';

const planFor = (name: string): Plan => {
  const card = contractCards.find((one) => one.name === name) ?? expect.unreachable();
  return planOfBodies(card.account, card.target).plan;
};

/** What `ferry plan check` says of a plan: what breaks a rule, and what documents say otherwise. */
async function checked(plan: Plan, env: Record<string, string> = {}): Promise<string[]> {
  const reading = readPlan(JSON.stringify(plan));
  if (reading.kind === 'problems') return reading.problems.map(({ path, id }) => `${path} ${id}`);
  const secrets = await secretProblems(reading.plan, { env, restriction: undefined });
  const problems = documentedProblems(reading.plan);
  const findings =
    problems.length > 0 ? [] : planFindings(reading.plan, 0).filter(({ id }) => /ndocumented$/.test(id));
  return [...problems, ...secrets, ...findings].map(({ path, id }) => `${path} ${id}`);
}

/** The wizard at a plan for a card. */
function asking(name: string, plan: Plan, change: (draft: Draft) => Partial<Draft> = () => ({})): Asking {
  const draft = fromPlan(plan, newerChosen(name));
  const state = initialState(0, 'emulator', { draft: { ...draft, ...change(draft) } });
  const services = { isReadOnly: false } as Partial<WizardServices> as WizardServices;
  return { state, services, text: english, glyphs, hidesSecrets: false };
}

/** What a field of a form says of a value; `unasked` where the form has no such field then. */
function said(page: FieldsPage, about: Asking, field: string, value: string): string | undefined {
  const values = { ...page.given(about), [field]: value };
  const found = page.fields(about, values).find(({ name }) => name === field);
  return found ? found.validate?.(value) : 'unasked';
}

const signedInWith = (specName: string) => (draft: Draft) => ({
  signIn: { ...draft.signIn, specName, params: {} },
});
const withAuth = (
  plan: Plan,
  specName: string,
  params: NonNullable<Plan['destination']['auth']>['params'],
): Plan => ({
  ...plan,
  destination: { ...plan.destination, auth: { specName, params } },
});
const withPlace = (plan: Plan, location: object): Plan => ({
  ...plan,
  destination: { ...plan.destination, location: { ...plan.destination.location, ...location } },
});
const withColumns = (selected: Selected[], more: Partial<Plan['attributes']> = {}): Plan => ({
  ...newerPlan,
  attributes: { selected, mandatory: [], deduplication: [], ...more },
});
const withEvery = (
  plan: Plan,
  frequency: 'WEEKLY' | 'MONTHLY',
  exportMode: Plan['segments'][number]['exportMode'],
): Plan => ({
  ...plan,
  segments: newerPlan.segments.map((one) => ({
    ...one,
    exportMode,
    schedule: { ...one.schedule, frequency },
  })),
});

/** Why a frequency cannot be chosen for the segments of a plan; `unasked` where its card has none such. */
function whyNot(plan: Plan, frequency: string): string | undefined {
  const { connectionSpecId } = plan.destination;
  const options = frequencySwitch.options(plan.segments, english, connectionSpecId);
  const found = options.find(({ value }) => value === frequency);
  return found ? found.disabled : 'unasked';
}

const s3 = planFor('Amazon S3');
const lake = planFor('Azure Data Lake Gen2');
const sftp = planFor('SFTP');
const names: Selected[] = [{ path: 'person.name.firstName', column: 'FIRST' }, 'personalEmail.address'];
const lakeParams = {
  tenant: 'acme.onmicrosoft.com',
  servicePrincipalId: '0b1c6a52-2c7e-4f7f-9c5d-5a2d8f4f7b10',
  servicePrincipalKey: { $secret: 'env:KEY' },
};
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'p' },
});

const ed25519 = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 })
  .privateKey.export({ type: 'pkcs1', format: 'pem' })
  .toString();

/** A key for SFTP by a variable. @param sent - How it is sent; @default as it is */
const keyInPlan = (key: string, sent: { encoding?: 'base64' } = {}): Promise<string[]> =>
  checked(
    withAuth(sftp, 'SFTP with SSH Key', {
      domain: 'files.example.com',
      username: 'aep',
      sshKey: { $secret: 'env:KEY', ...sent },
    }),
    { KEY: key },
  );
const keyInForm = (key: string): unknown =>
  said(signInFields, asking('SFTP', sftp, signedInWith('SFTP with SSH Key')), 'sshKey', key);

interface Bad {
  readonly what: string;
  /** With its place. */
  readonly inPlan: () => Promise<string[]>;
  readonly problems: readonly string[];
  readonly inForm: () => unknown;
  readonly answer: unknown;
}

const cases: readonly Bad[] = [
  {
    what: 'a column name twice',
    inPlan: () => checked(withColumns([...names, { path: 'person.gender', column: 'FIRST' }])),
    problems: ['$.attributes.selected[2].column columns.duplicate'],
    inForm: () => nameProblem(names, 1, 'FIRST')?.id,
    answer: 'columns.duplicate',
  },
  {
    what: 'a column name with a dot',
    inPlan: () => checked(withColumns([{ path: 'person.gender', column: 'a.b' }])),
    problems: ['$.attributes.selected[0].column columns.dot'],
    inForm: () => nameProblem(names, 1, 'a.b')?.id,
    answer: 'columns.dot',
  },
  {
    what: 'two identities',
    inPlan: () => checked(withColumns(['identityMap.Email', 'identityMap.ECID'])),
    problems: ['$.attributes.selected[1] columns.identities'],
    // The second one takes the place of the first.
    inForm() {
      const { state } = asking('Amazon S3', withColumns(['identityMap.Email']));
      return reduce(state, { type: 'kept', answer: { of: 'identityColumn', value: 'identityMap.ECID' } })
        .draft.attributes;
    },
    answer: ['identityMap.ECID'],
  },
  {
    what: 'a key that is not mapped',
    inPlan: () =>
      checked(
        withColumns(names, { deduplication: [{ fieldType: 'ATTRIBUTE', attributePath: 'loyalty.id' }] }),
      ),
    problems: ['$.attributes.deduplication[0].attributePath attributes.keyNotSelected'],
    // Only a column can be marked as one, and it goes with its column.
    inForm() {
      const plan = withColumns(names, {
        deduplication: [{ fieldType: 'ATTRIBUTE', attributePath: attributeOf(names[1] ?? '') }],
      });
      const { state } = asking('Amazon S3', plan);
      const edit = { kind: 'removed' as const, at: 1 };
      return [
        state.draft.deduplication,
        reduce(state, { type: 'kept', answer: { of: 'columns', value: edit } }).draft.deduplication,
      ];
    },
    answer: [['personalEmail.address'], []],
  },
  {
    what: 'options of CSV with JSON',
    inPlan: () => checked(withPlace(s3, { fileType: 'JSON' })),
    problems: ['$.destination.location.csvOptions location.csvOptionsElsewhere'],
    inForm: () =>
      said(
        locationFields,
        asking('Amazon S3', s3, ({ location }) => ({
          location: { ...location, params: { ...location.params, fileType: 'JSON' } },
        })),
        'csvOptions.delimiter',
        ',',
      ),
    answer: 'unasked',
  },
  {
    what: 'a folder that the pattern refuses',
    inPlan: () => checked(withPlace(s3, { path: '%SEGMENT_NAME%/daily' })),
    problems: ['$.destination.location.path field.pattern'],
    inForm: () => said(locationFields, asking('Amazon S3', s3), 'path', '%SEGMENT_NAME%/daily'),
    answer: expect.stringContaining('exports/daily'),
  },
  {
    what: 'a folder with a blank',
    inPlan: () => checked(withPlace(s3, { path: 'daily files' })),
    problems: ['$.destination.location.path field.pattern'],
    inForm: () => said(locationFields, asking('Amazon S3', s3), 'path', 'daily files'),
    answer: expect.stringContaining('exports/daily'),
  },
  {
    what: 'a type of file that there is not',
    inPlan: () => checked(withPlace(s3, { fileType: 'XML', csvOptions: undefined })),
    problems: ['$.destination.location.fileType field.notOneOf'],
    inForm: () => said(locationFields, asking('Amazon S3', s3), 'fileType', 'XML'),
    answer: english('field.notOneOf', { field: 'File type', allowed: ['CSV', 'JSON', 'PARQUET'] }),
  },
  {
    what: 'an address of other storage',
    inPlan: () =>
      checked(withAuth(lake, 'Azure Service Principal Auth', { url: 's3://exports', ...lakeParams })),
    problems: ['$.destination.auth.params.url field.pattern'],
    inForm: () => said(signInFields, asking('Azure Data Lake Gen2', lake), 'url', 's3://exports'),
    answer: expect.stringContaining('abfss://'),
  },
  {
    what: 'a role that is no ARN',
    inPlan: () =>
      checked(withAuth(s3, 'Assumed Role', { s3Role: { $secret: 'env:ROLE' } }), { ROLE: 'aep-export' }),
    problems: ['$.destination.auth.params.s3Role role.form'],
    inForm: () =>
      said(signInFields, asking('Amazon S3', s3, signedInWith('Assumed Role')), 's3Role', 'aep-export'),
    answer: english('role.form', { field: 'Role' }),
  },
  {
    what: 'an address of a data lake of another form',
    inPlan: () =>
      checked(
        withAuth(lake, 'Azure Service Principal Auth', {
          url: 'https://acme.dfs.core.windows.net/exports',
          ...lakeParams,
        }),
      ),
    problems: ['$.destination.auth.params.url lake.address'],
    inForm: () =>
      said(
        signInFields,
        asking('Azure Data Lake Gen2', lake),
        'url',
        'https://acme.dfs.core.windows.net/exports',
      ),
    answer: expect.stringContaining('abfss://'),
  },
  {
    what: 'a key with a passphrase',
    inPlan: () => keyInPlan(privateKey, { encoding: 'base64' }),
    problems: ['$.destination.auth.params.sshKey key.passphrase'],
    inForm: () => keyInForm(privateKey),
    answer: english('key.passphrase', { field: 'SSH key' }),
  },
  {
    what: 'a key of another kind than RSA',
    inPlan: () => keyInPlan(ed25519, { encoding: 'base64' }),
    problems: ['$.destination.auth.params.sshKey key.notRsa'],
    inForm: () => keyInForm(ed25519),
    answer: english('key.notRsa', { field: 'SSH key' }),
  },
  {
    what: 'a key that is not sent as base64',
    inPlan: () => keyInPlan(rsa),
    problems: ['$.destination.auth.params.sshKey field.notBase64'],
    // The form packs it.
    inForm: () => keyInForm(rsa),
    answer: undefined,
  },
  ...(['WEEKLY', 'MONTHLY'] as const).flatMap((frequency): Bad[] => [
    {
      what: `${frequency} with increments`,
      inPlan: () => checked(withEvery(s3, frequency, 'FIRST_FULL_THEN_INCREMENTAL')),
      problems: ['$.segments[0].schedule.frequency schedule.frequencyNotForMode'],
      inForm: () => whyNot(withEvery(s3, 'WEEKLY', 'FIRST_FULL_THEN_INCREMENTAL'), frequency),
      answer: expect.any(String),
    },
    {
      what: `${frequency} to the data lake`,
      inPlan: () => checked(withEvery(lake, frequency, 'DAILY_FULL_EXPORT')),
      problems: ['$.segments[0].schedule.frequency schedule.frequencyNotForCard'],
      inForm: () => whyNot(withEvery(lake, 'WEEKLY', 'DAILY_FULL_EXPORT'), frequency),
      answer: 'unasked',
    },
  ]),
];

describe('bad input for the cards of today', () => {
  it.each(cases)('$what: has its place in plan check', async ({ inPlan, problems }) => {
    expect(await inPlan()).toEqual(problems);
  });

  it.each(cases)('$what: is refused in the form, or cannot be given there', ({ inForm, answer }) => {
    expect(inForm()).toEqual(answer);
  });

  it('what is good is neither', async () => {
    expect(await checked(s3)).toEqual([]);
    expect(said(locationFields, asking('Amazon S3', s3), 'path', 'daily/%SEGMENT_NAME%')).toBeUndefined();
    const role = 'arn:aws:iam::123456789012:role/aep-export';
    expect(
      said(signInFields, asking('Amazon S3', s3, signedInWith('Assumed Role')), 's3Role', role),
    ).toBeUndefined();
    expect(said(locationFields, asking('Amazon S3', s3), 'csvOptions.delimiter', ',')).toBeUndefined();
    expect(whyNot(withEvery(s3, 'WEEKLY', 'DAILY_FULL_EXPORT'), 'MONTHLY')).toBeUndefined();
  });
});
