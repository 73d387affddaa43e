import { describe, expect, it } from 'vitest';
import { unicodeGlyphs as glyphs } from '../../source/components/theme/glyphs.ts';
import { english } from '../../source/locale/catalogs.ts';
import { signInText } from '../../source/pages/target/draft-text.ts';
import { emptyDraft } from '../../source/wizard/draft.ts';
import { newerChosen } from '../helpers/newer-chosen.ts';

const told = (
  card: Parameters<typeof newerChosen>[0],
  specName: string,
  params: Record<string, string>,
  hidesSecrets = false,
): string =>
  signInText(
    { ...emptyDraft, destination: newerChosen(card), signIn: { specName, params } },
    {
      text: english,
      glyphs,
      hidesSecrets,
    },
  );

describe('a sign-in on the review', () => {
  const role = 'arn:aws:iam::123456789012:role/aep-export';

  it('shows the ARN of a role, which is no secret, also where secrets are hidden', () => {
    for (const hidden of [false, true])
      expect(told('Amazon S3', 'Assumed Role', { s3Role: role }, hidden)).toContain(role);
  });

  it.each([
    ['RSA PRIVATE KEY', '•••• RSA · '],
    ['OPENSSH PRIVATE KEY', '•••• OPENSSH · '],
    ['PRIVATE KEY', '•••• '],
  ])('says of a key its kind and length, and no sign of it: %s', (name, kind) => {
    const sshKey = `-----BEGIN ${name}-----\n${'QUJD'.repeat(20)}\n-----END ${name}-----`;
    const params = { domain: 'files.example.com', username: 'aep', sshKey };
    const said = told('SFTP', 'SFTP with SSH Key', params);
    expect(said).toContain(`${kind}${sshKey.length} characters`);
    expect(said).not.toMatch(/QUJD|----/);
    expect(told('SFTP', 'SFTP with SSH Key', params, true)).not.toContain('characters');
  });

  it.each([
    ['A1b2/C3d4+A1b2/C3d4+A1b2/C3d4+A1b2/C9x7Q', '••••9x7Q'],
    ['only15characte1', '••••'],
  ])('shows four signs of a long secret at most: %s', (s3SecretKey, shown) => {
    const said = told('Amazon S3', 'Access Key', { s3AccessKey: 'AKIA', s3SecretKey });
    expect(said.endsWith(` ${shown}`)).toBe(true);
  });
});
