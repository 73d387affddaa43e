import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { readPlan } from '../../source/activation/plan/read-plan.ts';
import { curlScript } from '../../source/commands/plan/curl-script.ts';
import { requestsOf } from '../../source/commands/plan/requests.ts';
import { newerPlan } from '../helpers/newer-plan.ts';
import { rsaKey } from '../helpers/public-keys.ts';
import { freshFolder } from '../helpers/terminal.ts';

const isMissing = spawnSync('jq', ['--version']).error !== undefined;
if (isMissing)
  process.stderr.write('NOT TESTED: scripts of "plan show --curl" need jq (apt-get install jq)\n');

const secrets = { S3_SECRET: 'x' };

/** A number that JavaScript has not; jq 1.6 has not either. */
const long = '9007199254740993';

/** Keeps what it is given, and answers with an id and one document. */
const curl = `#!/bin/sh
method=$5; url=$6
body=$(cat)
count=$(cat "$FOLDER/count" 2>/dev/null || echo 0)
echo $((count + 1)) > "$FOLDER/count"
printf '%s' "$body" > "$FOLDER/$count"
printf '%s %s\\n' "$method" "$url" >> "$FOLDER/calls"
case "$method $url" in
  'GET '*connectionSpecs*) cat "$FOLDER/spec" ;;
  'GET '*entityTypes*) printf '{"union":{"maximum":9223372036854775807},"$id":"u"}' ;;
  'GET '*) printf '{"items":[{"id":"F","etag":"\\\\"e\\\\""}]}' ;;
  *) printf '{"id":"id-%s \\\\"quoted\\\\"","n":9007199254740993}' "$count" ;;
esac
`;

function runScript(plan: Plan, env: Record<string, string>, maximum: string | number = 1) {
  const folder = freshFolder();
  mkdirSync(folder, { recursive: true });
  const spec = `{"items":[{"targetSpec":{"attributes":{"partnerSchema":{"jsonSchema":{"properties":{"attributes":{"maximum":${maximum}}}}}}}}]}`;
  writeFileSync(path.join(folder, 'spec'), spec);
  writeFileSync(path.join(folder, 'curl'), curl);
  chmodSync(path.join(folder, 'curl'), 0o700);
  const script = curlScript(plan, requestsOf(plan, {}));
  const { status, stdout, stderr } = spawnSync('sh', ['-c', script], {
    encoding: 'utf8',
    env: {
      PATH: `${folder}:${process.env['PATH'] ?? ''}`,
      FOLDER: folder,
      ...{ FERRY_API_URL: 'http://h', FERRY_ACCESS_TOKEN: 't', FERRY_API_KEY: 'k', FERRY_ORG_ID: 'o' },
      ...env,
    },
  });
  const calls = existsSync(path.join(folder, 'calls'))
    ? readFileSync(path.join(folder, 'calls'), 'utf8').trim().split('\n')
    : [];
  const bodyOf = (call: RegExp): string =>
    readFileSync(path.join(folder, String(calls.findIndex((one) => call.test(one)))), 'utf8');
  return { status, stdout, stderr, calls, bodyOf };
}

/** A sound plan as it is read, with a number as it was written. */
function planWith(location: string, destination: Partial<Plan['destination']> = {}): Plan {
  const text = JSON.stringify({ ...newerPlan, destination: { ...newerPlan.destination, ...destination } });
  const reading = readPlan(text.replace('"location":{', `"location":{${location}`));
  if (reading.kind !== 'plan') throw new Error(JSON.stringify(reading.problems));
  return reading.plan;
}

describe.skipIf(isMissing)('the script of a plan', () => {
  const key = '-----BEGIN RSA PRIVATE KEY-----\nit\'s "$HOME"\n-----END RSA PRIVATE KEY-----';
  const auth = {
    specName: 'SFTP with SSH Key',
    params: { domain: 'h', sshKey: { $secret: 'env:SSH_KEY', encoding: 'base64' as const } },
  };

  it('sends numbers, secrets and quotes as they are', () => {
    const plan = planWith(`"size":${long},`, { auth, encryption: { publicKey: { $secret: 'file:/none' } } });
    const { status, stderr, bodyOf, calls } = runScript(
      { ...plan, name: `It's "daily" $(id)` },
      { SSH_KEY: key, PUBLIC_KEY: rsaKey.armored },
    );
    expect([status, stderr]).toEqual([0, '']);
    expect(bodyOf(/POST .*targetConnections/)).toContain(`"size": ${long}`);
    const account = JSON.parse(bodyOf(/POST .*\/connections/)) as object;
    expect(account).toMatchObject({
      name: `Amazon S3 account · It's "daily" $(id)`,
      auth: { params: { sshKey: Buffer.from(key).toString('base64') } },
      encryption: { params: { publicKey: Buffer.from(rsaKey.armored).toString('base64') } },
    });
    const target = calls.findIndex((one) => /POST .*\/connections/.test(one));
    expect(JSON.parse(bodyOf(/POST .*targetConnections/))).toMatchObject({
      baseConnectionId: `id-${target} "quoted"`,
    });
    expect(bodyOf(/POST .*schemas/)).toContain('"maximum":9223372036854775807');
    expect(JSON.parse(bodyOf(/POST .*\/schemas/))).toMatchObject({
      name: expect.stringContaining('Input schema') as string,
      jsonSchema: { $id: 'u' },
    });
  });

  it('ends rather than send another number of the platform’s', () => {
    const { status, stderr, calls, bodyOf } = runScript(planWith(''), secrets, '9223372036854775807');
    const isExact = spawnSync('jq', ['-n', long], { encoding: 'utf8' }).stdout.trim() === long;
    if (isExact) expect(bodyOf(/POST .*mappingSets/)).toContain('id-');
    else {
      expect([status, stderr]).toEqual([1, 'This answer has numbers that only jq 1.7 or newer keeps.\n']);
      expect(calls.filter((one) => one.includes('mappingSets'))).toEqual([]);
    }
    expect(runScript(planWith(''), secrets).status).toBe(0);
  });

  it('asks for each secret before anything is sent', () => {
    const { status, stderr, calls } = runScript(planWith('', { auth }), {});
    expect([status, stderr, calls]).toEqual([2, expect.stringContaining('SSH_KEY'), []]);
  });
});
