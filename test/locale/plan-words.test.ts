import { describe, expect, it } from 'vitest';
import { whyNotFrequency } from '../../source/activation/content/schedule.ts';
import { idOfStep } from '../../source/activation/steps.ts';
import { english } from '../../source/locale/catalogs.ts';
import { explain } from '../../source/locale/explain.ts';
import { inWords, objectText } from '../../source/locale/plan-words.ts';
import { type MessageId, textsOf } from '../../source/locale/texts.ts';
import { zhTW } from '../../source/locale/zh-TW.ts';
import { some } from '../helpers/some.ts';

const chinese = textsOf(zhTW, 'zh-TW');
/** Words of a plan, of a journal and of the wire. */
const machine =
  /[a-z]+(ConnectionId|Connections|SpecId|SchemaId|SetId|Sets)\b|\bflowId\b|\bflows\b|\b[A-Z]+_[A-Z_]+\b(?![)）])/;

describe('what a run has made', () => {
  it.each([
    ...some(Object.values(idOfStep)),
    'flows',
    'connections',
    'sourceConnections',
    'targetConnections',
    'mappingSets',
  ])('%s is called by its noun, with its id', (name) => {
    for (const text of [english, chinese]) {
      const said = objectText(text, name, '64f5');
      expect(said).toMatch(/ 64f5$/);
      expect(said).not.toMatch(machine);
    }
  });

  it('is told so, where it is told at all', () => {
    const made = [objectText(chinese, 'targetBaseConnectionId', 'A'), objectText(chinese, 'flowId', 'F')];
    expect(chinese('command.exist', { made })).toBe('下列物件已經建立：目的地帳戶 A、資料流 F。');
    for (const kind of ['doubled', 'unmarked']) {
      const told = explain(
        english,
        { kind, found: ['targetConnections A', 'connections B'] },
        { host: '', sandbox: '' },
      );
      expect(`${told.what} ${told.why}`).toContain('Storage location A, Connection B');
    }
  });
});

describe('values of a rule, for who answers questions', () => {
  it.each<[MessageId, Record<string, string | readonly string[]>, string]>([
    [
      'finding.modeSuperseded',
      { mode: 'Cloud Storage', better: 'AZURE_BLOB' },
      'Mode "Cloud Storage" is used in older tutorials; the newer documentation of the platform says "Azure Blob container (AZURE_BLOB)".',
    ],
    [
      'finding.modeWithoutSignIn',
      { specName: 'S3', mode: 'FTP', opens: 'S3', writes: 'FTP' },
      'Sign-in "S3 access key (S3)" is for Amazon S3, mode "SFTP server (FTP)" writes to an SFTP server: the sign-in does not work there.',
    ],
    [
      'auth.missingParam',
      { name: 's3SecretKey', specName: 'Access Key' },
      '"Secret access key" is missing: sign-in "Access key (Access Key)" requires it.',
    ],
    [
      'location.unknownMode',
      { mode: 'GCS', allowed: ['S3', 'FTP'] },
      'This destination has no storage location "GCS". Available: S3 bucket (S3), SFTP server (FTP).',
    ],
    [
      'schedule.frequencyNotForMode',
      { frequency: 'ONCE', exportMode: 'FIRST_FULL_THEN_INCREMENTAL', allowed: ['DAILY', 'EVERY_3_HOURS'] },
      'once does not go with first full, then incremental. Available: every day, every 3 hours.',
    ],
  ])('%s', (id, values, wanted) => {
    expect(english(id, inWords(english, values))).toBe(wanted);
    expect(chinese(id, inWords(chinese, values))).not.toMatch(machine);
  });

  it('are parted as the language does where a plan is read', () => {
    const values = whyNotFrequency('FIRST_FULL_THEN_INCREMENTAL', 'ONCE')?.values ?? {};
    expect(chinese('schedule.frequencyNotForMode', values)).toContain('可用的有：DAILY、EVERY_3_HOURS、');
    expect(english('schedule.frequencyNotForMode', values)).toContain('DAILY, EVERY_3_HOURS,');
  });

  it('are those of an apply that was refused, without the places of a plan', () => {
    const problems = [
      {
        id: 'platform.connectionState',
        path: '$.destination.baseConnectionId',
        values: { id: 'C', state: 'disabled' },
      },
      {
        id: 'auth.missingParam',
        path: '$.destination.auth.params',
        values: { name: 'secretKey', specName: 'S3' },
      },
    ];
    const error = { kind: 'planRefused', problems };
    const scene = { host: 'h', sandbox: 's' };
    const asked = explain(english, error, { ...scene, isAsked: true }).why;
    expect(asked).not.toMatch(/\$\.|baseConnectionId|secretKey/);
    expect(asked).toContain('"Secret key" is missing: sign-in "S3 access key (S3)" requires it.');
    // Who has the file wants the place.
    expect(explain(english, error, scene).why).toContain('$.destination.baseConnectionId');
  });

  it('stay where nobody has a better word', () => {
    const values = { segment: 'S3', count: 3, name: 'toString', list: ['S3'] };
    expect(inWords(english, values)).toEqual(values);
    expect(some(Object.keys(inWords(english, values)))).toEqual(Object.keys(values));
  });
});
