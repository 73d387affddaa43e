import { describe, expect, it } from 'vitest';
import { planFindings } from '../../source/activation/findings/findings.ts';
import { catalog, newerCards } from '../../source/activation/spec/catalog.ts';
import { folderDoubts } from '../../source/activation/spec/folder.ts';
import { english } from '../../source/locale/catalogs.ts';
import { publishedFields } from '../../source/pages/target/published-fields.ts';
import { locationParts } from '../../source/wizard/draft.ts';
import type { Asking } from '../../source/pages/page.ts';
import { tutorialPlan } from '../helpers/plans.ts';
import { atReview } from '../helpers/wizard-events.ts';

const cardOf = (all: readonly { name: string; connectionSpecId: string }[], name: string): string =>
  all.find((one) => one.name === name)?.connectionSpecId ?? '';
const olderS3 = cardOf(catalog, 'Amazon S3');
const olderSftp = cardOf(catalog, 'SFTP');
const newerSftp = cardOf(newerCards, 'SFTP');
const unknown = '00000000-0000-4000-8000-00000000beef';

describe('a folder that is hardly meant', () => {
  it.each([
    [olderS3, 'path', 'exports/daily', []],
    [olderS3, 'path', "In.Box/!-_*'()", []],
    [olderS3, 'path', '/../a b?', ['finding.folderUp', 'finding.folderSigns']],
    [olderS3, 'path', 'daily/..', ['finding.folderUp']],
    [olderS3, 'path', 'daily..old', []],
    [olderS3, 'path', '%DATE%', ['finding.folderMacro']],
    [olderS3, 'path', 'a/%SEGMENT_NAME%', ['finding.folderMacro']],
    [olderS3, 'path', '%DATETIME(YYYYMMdd)%', ['finding.folderMacro']],
    [olderS3, 'path', '100%', ['finding.folderSigns']],
    [olderSftp, 'remotePath', '/In Box/資料', []],
    [olderSftp, 'remotePath', '../in', ['finding.folderUp']],
    [olderSftp, 'remotePath', '/in?', ['finding.folderSigns']],
    [olderSftp, 'remotePath', '/%SEGMENT_ID%', ['finding.folderMacro']],
    [newerSftp, 'remotePath', '/in/%SEGMENT_ID%', []],
    [newerSftp, 'remotePath', '/in/%DATE%', ['finding.folderOtherMacro']],
    [unknown, 'path', '%DATE%/a?', []],
    [unknown, 'path', 'a/../b', ['finding.folderUp']],
    [olderS3, 'bucketName', '..', []],
  ])('%s %s %s: %j', (card, name, folder, ids) => {
    expect(folderDoubts({ name }, folder, card).map(({ id }) => id)).toEqual(ids);
  });

  it('names each sign once, and the macro', () => {
    expect(folderDoubts({ name: 'path' }, 'a b c?', olderS3)[0]?.values).toEqual({ signs: '" " "?"' });
    expect(folderDoubts({ name: 'path' }, '%DATE%', olderS3)[0]?.values).toEqual({ macro: '%DATE%' });
  });

  it('is left to the pattern where the spec has one, but for the way up', () => {
    const field = { name: 'path', pattern: '^[a-z./%A-Z_ ?]+$' };
    expect(folderDoubts(field, '%DATE% ?', olderS3)).toEqual([]);
    expect(folderDoubts(field, '../a', olderS3)).toHaveLength(1);
  });

  it('is a finding of a plan, and told in the form without being in the way', () => {
    const { destination } = tutorialPlan;
    const location = { ...destination.location, path: '/../%DATE%' };
    const found = planFindings({ ...tutorialPlan, destination: { ...destination, location } }, 0);
    const here = found.filter(({ path }) => path === '$.destination.location.path');
    expect(here.map(({ id }) => id)).toEqual(['finding.folderUp', 'finding.folderMacro']);

    const page = publishedFields(
      'locationFields',
      (draft) => locationParts(draft).place,
      (draft) => draft.location.params,
    );
    const fields = page.fields({ text: english, state: atReview() } as Asking, {});
    const folder = fields.find(({ name }) => name === 'path');
    expect(folder?.validate?.('%DATE%')).toBeUndefined();
    expect(folder?.doubts?.('%DATE%')).toEqual([english('finding.folderMacro', { macro: '%DATE%' })]);
    expect(folder?.doubts?.('daily')).toEqual([]);
  });
});
