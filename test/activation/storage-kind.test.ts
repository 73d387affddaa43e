import { describe, expect, it } from 'vitest';
import { catalog } from '../../source/activation/spec/catalog.ts';
import { planFindings } from '../../source/activation/findings/findings.ts';
import { fixed } from '../../source/activation/findings/fixes.ts';
import type { Plan } from '../../source/activation/plan/plan.ts';
import {
  mismatch,
  modeFor,
  openedBy,
  signInOfMethod,
  type StorageKind,
  writtenBy,
} from '../../source/activation/spec/storage-kind.ts';
import { english } from '../../source/locale/catalogs.ts';
import { tutorialPlan } from '../helpers/plans.ts';
import { some } from '../helpers/some.ts';

const nowMs = Date.parse('2021-12-19T12:00:00Z');
const card = (name: string) => {
  const found = catalog.find((one) => one.name === name);
  if (!found) throw new Error(name);
  return found;
};

/** What goes where on the seven cards, written from the contract (sections 4.2 and 4.3). */
const kinds: Record<string, StorageKind> = {
  S3: 'S3',
  'Access Key': 'S3',
  'Azure Blob': 'AZURE',
  ConnectionString: 'AZURE',
  'SFTP with Password': 'FTP',
  'SFTP with SSH Key': 'FTP',
  'Basic Authentication for sftp': 'FTP',
};
const writes: Record<string, StorageKind> = { S3: 'S3', AZURE_BLOB: 'AZURE', FTP: 'FTP' };
const own: Record<string, StorageKind> = { 'Amazon S3': 'S3', 'Azure Blob': 'AZURE', SFTP: 'FTP' };

const pairs = catalog.flatMap((one) =>
  one.auth.flatMap((method) =>
    one.modes.map((mode) => [one.name, method.specName, mode.mode ?? '', one, method, mode] as const),
  ),
);

describe('a sign-in with a mode', () => {
  it.each(some(pairs))('%s: %s with %s', (name, specName, mode, { connectionSpecId }, method, { fields }) => {
    const opens = kinds[specName];
    const written = writes[mode] ?? own[name];
    const params = Object.fromEntries(method.fields.map((field) => [field.name, 'x']));
    const location = Object.fromEntries(fields.map((field) => [field.name, 'x']));
    const plan: Plan = {
      ...tutorialPlan,
      destination: { connectionSpecId, auth: { specName, params }, location: { mode, ...location } },
    };
    const found = planFindings(plan, nowMs).filter(({ id }) => id === 'finding.modeWithoutSignIn');
    expect(found.map(({ values }) => [values['opens'], values['writes']])).toEqual(
      opens === written ? [] : [[opens, written]],
    );
  });

  it.each(
    catalog.flatMap((one) => one.auth.map((method) => [one.name, method.specName, one, method] as const)),
  )(
    '%s: %s starts from a mode that it opens, or from none',
    (name, specName, { connectionSpecId, modes }, method) => {
      const preferred = modeFor(connectionSpecId, modes, signInOfMethod(method));
      const opened = modes.filter(({ mode = '' }) => (writes[mode] ?? own[name]) === kinds[specName]);
      expect(preferred).toBe(opened[0]?.mode);
      expect(preferred).toBeDefined();
    },
  );

  it.each<[string, string[], StorageKind | undefined]>([
    ['Assumed Role', ['s3Role'], 'S3'],
    ['Access Key', ['accountName', 'accountKey'], 'AZURE'],
    ['Azure Service Principal Auth', ['url', 'tenant', 'servicePrincipalKey'], 'AZURE'],
    ['Google Cloud Storage authentication credentials', ['accessKeyId', 'secretAccessKey'], 'GCS'],
    ['SSH PublicKey Authentication for sftp', [], 'FTP'],
    ['Token', ['apiToken'], undefined],
  ])('%s %j opens %s', (specName, params, wanted) => {
    expect(openedBy({ specName, params })[0]).toBe(wanted);
  });

  it.each<[string, string | undefined, string[], boolean]>([
    ['SFTP with Password', 'Cloud Storage', ['bucketName', 'path'], true],
    ['SFTP with Password', undefined, ['container'], true],
    ['ConnectionString', 'Server-to-server', ['remotePath'], true],
    ['S3', 'Server-to-server', ['bucketName'], false],
    ['S3', 'Something new', ['folder'], false],
    ['Token', 'S3', ['bucketName'], false],
  ])('%s with %s %j: wrong is %s', (specName, mode, params, wanted) => {
    expect(mismatch({ specName, params: [] }, { mode, params }) !== undefined).toBe(wanted);
  });

  it.each<[string, string, string[], string | undefined]>([
    ['one that it opens before one that does not tell', 'SFTP with Password', ['Drop', 'FTP'], 'FTP'],
    ['one that does not tell before none', 'SFTP with Password', ['S3', 'Drop'], 'Drop'],
    ['none where it opens none', 'SFTP with Password', ['S3', 'AZURE_BLOB'], undefined],
    ['the one of older tutorials last', 'Access Key', ['Cloud Storage', 'S3_V2'], 'S3_V2'],
    ['the one of older tutorials where there is no other', 'Access Key', ['Cloud Storage'], 'Cloud Storage'],
    ['the first that is published, where it does not tell', 'Token', ['Drop', 'Other'], 'Drop'],
  ])('%s: %s with %j', (_, specName, modes, wanted) => {
    const offered = modes.map((mode) => ({ mode, fields: [] }));
    const { connectionSpecId } = card('Amazon S3');
    expect(modeFor(connectionSpecId, offered, { specName, params: [] })).toBe(wanted);
  });

  it('the mode of older tutorials comes last, also where it writes to what the sign-in opens', () => {
    const { connectionSpecId, modes } = card('Amazon S3');
    const offered = ['Cloud Storage', 'S3_V2'].map((mode) => ({ mode, fields: modes[0]?.fields ?? [] }));
    expect(modeFor(connectionSpecId, offered, { specName: 'Access Key', params: [] })).toBe('S3_V2');
    expect(modeFor(connectionSpecId, offered, undefined)).toBe('S3_V2');
  });

  it('says what is true of it', () => {
    const plan: Plan = {
      ...tutorialPlan,
      destination: {
        connectionSpecId: card('Adobe Campaign').connectionSpecId,
        auth: { specName: 'Azure Blob', params: {} },
        location: { mode: 'S3', bucketName: 'x' },
      },
    };
    const said = planFindings(plan, nowMs).map(({ id, values }) => english(id, values));
    expect(said).toContain(
      'Sign-in "Azure Blob" is for Azure storage, mode "S3" writes to Amazon S3: the sign-in does not work there.',
    );
  });

  it.each<[string, string, string, string, Plan['destination']['location'], boolean]>([
    [
      'a card without modes',
      'be2c3209-53bc-47e7-ab25-145db8b873e1',
      'Azure Service Principal Auth',
      'url',
      {},
      false,
    ],
    [
      'the same with the one mode',
      'be2c3209-53bc-47e7-ab25-145db8b873e1',
      'ConnectionString',
      'url',
      { mode: 'Server-to-server' },
      false,
    ],
    ['a landing zone', '10440537-2a7b-4583-ac39-ed38d4b848e8', 'Azure Blob', 'x', {}, false],
    ['the newer SFTP', '36965a81-b1c6-401b-99f8-22508f1e6a26', 'SFTP with Password', 'x', {}, false],
    [
      'a mode that is known',
      card('Adobe Campaign').connectionSpecId,
      'Azure Blob',
      'x',
      { mode: 'AZURE_BLOB' },
      false,
    ],
    [
      'a destination of their own',
      '00000000-0000-4000-8000-000000000001',
      'Azure Blob',
      'x',
      { mode: 'Drop' },
      false,
    ],
    [
      'a mode of another storage',
      card('Adobe Campaign').connectionSpecId,
      'Azure Blob',
      'x',
      { mode: 'S3' },
      true,
    ],
    [
      'a mode that is named so',
      '00000000-0000-4000-8000-000000000001',
      'Azure Blob',
      'x',
      { mode: 'My S3' },
      true,
    ],
  ])(
    'says nothing by a param that stands there by mistake: %s',
    (_, connectionSpecId, specName, param, location, isWrong) => {
      for (const stray of ['bucketName', 'container', 'remotePath', 'path']) {
        const destination = {
          connectionSpecId,
          auth: { specName, params: { [param]: 'x' } },
          location: { ...location, [stray]: 'x' },
        };
        const ids = planFindings({ ...tutorialPlan, destination }, nowMs).map(({ id }) => id);
        expect(ids.includes('finding.modeWithoutSignIn'), stray).toBe(isWrong);
      }
    },
  );

  it('of an account that is used again is known by its name', () => {
    const destination = { ...tutorialPlan.destination, auth: undefined };
    const plan = {
      ...tutorialPlan,
      destination: { ...destination, baseConnectionId: tutorialPlan.destination.connectionSpecId },
    };
    const idsWith = (facts: object): string[] => planFindings(plan, nowMs, facts).map(({ id }) => id);
    expect(idsWith({})).not.toContain('finding.modeWithoutSignIn');
    expect(idsWith({ accountSignIn: { specName: 'Azure Blob', params: [] } })).toContain(
      'finding.modeWithoutSignIn',
    );
  });
});

describe('the mode of older tutorials', () => {
  it.each([
    ['Amazon S3', 'S3'],
    ['Azure Blob', 'AZURE_BLOB'],
    ['SFTP', 'FTP'],
  ])('becomes, on the card %s, %s', (name, wanted) => {
    const { connectionSpecId, auth, modes } = card(name);
    const [method] = auth;
    const params = Object.fromEntries((method?.fields ?? []).map((field) => [field.name, 'x']));
    const plan: Plan = {
      ...tutorialPlan,
      destination: {
        connectionSpecId,
        auth: { specName: method?.specName ?? '', params },
        location: { mode: 'Cloud Storage', path: 'x' },
      },
    };
    const finding = planFindings(plan, nowMs).find(({ id }) => id === 'finding.modeSuperseded');
    expect(finding?.values).toEqual({ mode: 'Cloud Storage', better: wanted });
    expect(finding && fixed(plan, finding, nowMs)?.destination.location).toEqual({ mode: wanted, path: 'x' });
    // Where the platform publishes that mode alone, it is no mistake.
    const forms = { auth, modes: modes.filter(({ mode }) => mode === 'Cloud Storage') };
    expect(planFindings(plan, nowMs, { forms }).map(({ id }) => id)).not.toContain('finding.modeSuperseded');
  });
});

describe('the name of a param', () => {
  it.each<[string, readonly StorageKind[]]>([
    ['sshKey', ['FTP']],
    ['my_sshkey', []],
    ['s3SecretKey', ['S3']],
    ['miss3key', []],
    ['accessId', ['S3']],
    ['accessIdentifier', []],
    ['passphrase', ['FTP']],
    ['passphrases', []],
    ['roleArn', ['S3']],
    ['roleArnOther', []],
    ['my_awskey', []],
    ['accountKey', ['AZURE']],
    ['accountKeys', []],
    ['connectionString', ['AZURE']],
    ['noconnectionstring', []],
  ])('%s of a sign-in tells %j', (name, wanted) => {
    expect(openedBy({ specName: 'X', params: ['other', name] })).toEqual(wanted);
  });

  it.each<[string, readonly StorageKind[]]>([
    ['remotePath', ['FTP']],
    ['noremotepath', []],
    ['container', ['AZURE']],
    ['containers', []],
    ['bucketName', ['S3', 'GCS']],
    ['rebucket', []],
  ])('%s of a storage tells %j', (name, wanted) => {
    expect(writtenBy({ mode: 'X', params: ['other', name] })).toEqual(wanted);
  });
});

describe('without a sign-in', () => {
  it('the mode that is documented first is preferred, and an undocumented one last', () => {
    const { connectionSpecId, modes } = card('Adobe Campaign');
    const others = [{ mode: 'Undocumented', fields: [] }, ...modes.toReversed()];
    expect(modeFor(connectionSpecId, others, undefined)).toBe(modes[0]?.mode);
    expect(modeFor(connectionSpecId, others.slice(0, 2), undefined)).toBe(modes.at(-1)?.mode);
  });
});
