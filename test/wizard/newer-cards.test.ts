import { describe, expect, it } from 'vitest';
import { readPlan } from '../../source/activation/plan/read-plan.ts';
import { specProblems } from '../../source/activation/spec/spec-rules.ts';
import { fromLive, fromPlan } from '../../source/wizard/from-plan.ts';
import { applies, isAnswered, questionPages } from '../../source/wizard/pages.ts';
import { initialState, type WizardState } from '../../source/wizard/reducer.ts';
import { clearParams, toPlan } from '../../source/wizard/to-plan.ts';
import { contractCards } from '../helpers/contract-cards.ts';
import { newerChosen } from '../helpers/newer-chosen.ts';
import { newerPlan, planOfBodies } from '../helpers/newer-plan.ts';
import { answered, nowMs, run, segment } from '../helpers/wizard-events.ts';

const csv = {
  fileType: 'CSV',
  compression: 'GZIP',
  'csvOptions.delimiter': '|',
  'csvOptions.quote': '',
  'csvOptions.escape': '\\',
  'csvOptions.nullValue': '',
  'csvOptions.emptyValue': '""',
  includeFileManifest: 'true',
};

/** From the destination to the review. */
function walked(
  name: string,
  signIn: [specName: string | undefined, params: Record<string, string>],
  place: Record<string, string>,
  file: Record<string, string> = csv,
): WizardState {
  const [specName, params] = signIn;
  const destination = newerChosen(name);
  return run(
    initialState(nowMs, 'emulator'),
    answered({ of: 'sandbox', value: { name: 'dev', isProduction: false } }),
    { type: 'begun' },
    answered({ of: 'destination', value: destination }),
    ...(destination.auth.length > 1 ? [answered({ of: 'signIn', value: specName ?? '' })] : []),
    ...(destination.auth.length > 0 ? [answered({ of: 'signInFields', value: params })] : []),
    answered({ of: 'locationFields', value: { ...place, ...file } }),
    answered({ of: 'segments', value: [segment('1')] }),
    answered({ of: 'attributes', value: ['person.name.firstName', 'personalEmail.address'] }),
    { type: 'continued' },
  );
}

const key = Buffer.from(
  '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----',
).toString('base64');
const cards: [string, Parameters<typeof walked>[1], Parameters<typeof walked>[2]][] = [
  [
    'Amazon S3',
    ['Access Key', { s3AccessKey: 'AKIA2345ABCD2345ABCD', s3SecretKey: 'A1b2/C3d4+'.repeat(4) }],
    { bucketName: 'acme-exports', path: 'daily/%SEGMENT_NAME%' },
  ],
  [
    'Amazon S3',
    ['Assumed Role', { s3Role: 'arn:aws:iam::123456789012:role/aep-export' }],
    { bucketName: 'acme-exports', path: 'daily' },
  ],
  [
    'Azure Blob Storage',
    [undefined, { connectionString: 'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=b' }],
    { container: 'exports', path: 'daily' },
  ],
  [
    'SFTP',
    ['SFTP with Password', { domain: 'files.example.com', username: 'aep', password: 'x', port: '2222' }],
    { remotePath: '/in/aep' },
  ],
  [
    'SFTP',
    ['SFTP with SSH Key', { domain: 'files.example.com', username: 'aep', sshKey: key }],
    { remotePath: '/in' },
  ],
  [
    'Azure Data Lake Gen2',
    [
      undefined,
      {
        url: 'abfss://exports@acme.dfs.core.windows.net',
        tenant: 'acme.onmicrosoft.com',
        servicePrincipalId: 'b0b',
        servicePrincipalKey: 'x',
      },
    ],
    { path: 'daily' },
  ],
  ['Data Landing Zone', [undefined, {}], { path: 'daily' }],
  [
    'Google Cloud Storage',
    [undefined, { accessKeyId: 'GOOG1E', secretAccessKey: 'x' }],
    { bucketName: 'acme-exports', path: 'daily' },
  ],
];

describe.each(cards)('the way to %s', (name, signIn, place) => {
  const state = walked(name, signIn, place);
  const plan = toPlan(state.draft);

  it('ends at a plan that is sound, with all five options of CSV', () => {
    expect(state.page).toBe('review');
    expect(readPlan(JSON.stringify(plan))).toMatchObject({ kind: 'plan' });
    expect(specProblems(plan, newerChosen(name))).toEqual([]);
    expect(plan.destination.location).toEqual({
      ...place,
      fileType: 'CSV',
      compression: 'GZIP',
      csvOptions: { delimiter: '|', quote: '', escape: '\\', nullValue: '', emptyValue: '""' },
      includeFileManifest: true,
    });
    expect(Object.keys(clearParams(state.draft)).sort()).toEqual(Object.keys(signIn[1]).sort());
  });

  it('is the same from its plan, and from what was there', () => {
    expect(toPlan({ ...fromPlan(plan, newerChosen(name)), opened: undefined }).destination.location).toEqual(
      plan.destination.location,
    );
    const { connectionSpecId, location } = plan.destination;
    const live = {
      ...plan,
      flow: 'f',
      destination: {
        connectionSpecId,
        baseConnectionId: 'b',
        location: { mode: 'Server-to-server', ...location },
      },
    };
    expect(toPlan(fromLive(live, newerChosen(name)))).toEqual(live);
  });
});

describe('the page of the place and the files', () => {
  const open = (place: string, file: Record<string, string>): boolean => {
    const { draft } = walked('Data Landing Zone', [undefined, {}], { path: place }, file);
    return isAnswered('locationFields', draft);
  };

  it.each<[string, Record<string, string>, boolean]>([
    ['nothing', {}, false],
    ['no compression', { fileType: 'JSON' }, false],
    ['JSON', { fileType: 'JSON', compression: 'NONE' }, true],
    ['a type that there is not', { fileType: 'XLSX', compression: 'NONE' }, false],
    ['CSV as usual', { fileType: 'CSV', compression: 'NONE' }, true],
    [
      'a delimiter that there is not',
      { fileType: 'CSV', compression: 'NONE', 'csvOptions.delimiter': '^' },
      false,
    ],
  ])('is answered with %s: %s', (_, file, wanted) => {
    expect(open('daily', file)).toBe(wanted);
  });

  it('leaves the options of CSV out of any other type', () => {
    const { draft } = walked(
      'Data Landing Zone',
      [undefined, {}],
      { path: 'x' },
      { ...csv, fileType: 'PARQUET' },
    );
    expect(toPlan(draft).destination.location).toEqual({
      path: 'x',
      fileType: 'PARQUET',
      compression: 'GZIP',
      includeFileManifest: true,
    });
  });

  it('is no question for a card that asks for no more than a place, nor is a sign-in for one without any', () => {
    const { draft } = walked('Data Landing Zone', [undefined, {}], { path: 'x' });
    const given = { isPlatformGiven: true, asksSecret: false };
    const asked = questionPages.filter((page) => applies(page, draft, given));
    expect(asked).not.toContain('signIn');
    expect(asked).not.toContain('signInFields');
    expect(asked).toContain('locationFields');
  });
});

it.each(contractCards)('keeps all that a plan for $name says where no form has been read yet', (card) => {
  const { plan } = planOfBodies(card.account, card.target);
  const unread = fromPlan({ ...plan, attributes: { ...newerPlan.attributes, deduplication: [] } });
  expect(unread.destination).toMatchObject({ name: card.name, isUnread: true });
  expect(toPlan(unread).destination.location).toEqual(plan.destination.location);
  const read = { ...unread, destination: newerChosen(card.name) };
  expect(toPlan(read).destination.location).toEqual(plan.destination.location);
});
