import { describe, expect, it } from 'vitest';
import { emulatorWith, nobody } from '../helpers/emulator.ts';
import { keys } from '../helpers/ink.tsx';
import { relayTo } from '../helpers/relay.ts';
import { openTerminal, type Terminal } from '../helpers/terminal.ts';
import { applyFromReview, beginIn, choose, journeys, questions, walkToReview } from '../helpers/walk.ts';
import { byDay, itInSoak } from '../helpers/soak.ts';

const answers = journeys['Adobe Campaign'];
if (!answers) throw new Error('no answers');

const account = {
  FERRY_ACCESS_TOKEN: 'PLANTEDtoken',
  FERRY_API_KEY: 'acp_tests',
  FERRY_ORG_ID: '5555467B5D8013E50A494220@AdobeOrg',
  FERRY_SANDBOX: 'dev',
  FERRY_DOUBT_MS: '50',
};

async function openOrganisation(apiUrl: string, rows = 24): Promise<Terminal> {
  const terminal = openTerminal({ env: { ...account, FERRY_API_URL: apiUrl }, rows });
  await terminal.waitFor('Where do you want to work?');
  await choose(terminal, 'Your organisation');
  return terminal;
}

describe.concurrent('your own organisation', () => {
  itInSoak('is worked in to the end, with the sandbox on every call and a pasted key whole', async () => {
    const emulator = await emulatorWith({ segments: 40 });
    const bodies: string[] = [];
    const address = await relayTo(emulator.url, {
      before({ body }) {
        bodies.push(body.toString());
        return false;
      },
    });
    const eloqua = journeys['Oracle Eloqua'];
    if (!eloqua) throw new Error('no answers');
    const terminal = await openOrganisation(address);
    await walkToReview(terminal, eloqua);
    await applyFromReview(terminal);
    await terminal.waitFor('Verified');
    terminal.write(keys.enter);
    expect(await terminal.waitForEnd()).toBe(0);
    expect(terminal.bytes()).not.toContain('PLANTED');
    const sent = bodies.filter((body) => body.includes('sshKey'));
    expect(sent).toHaveLength(1);
    const { auth } = JSON.parse(sent[0] ?? '') as { auth: { params: { sshKey: string } } };
    expect(auth.params.sshKey).toBe(journeys['Oracle Eloqua']?.signInFields['SSH key']);
    expect(emulator.requests.filter(({ sandbox }) => sandbox === undefined)).toEqual([]);
    expect(emulator.count('flows')).toBe(1);
  });

  it('says what is not set', async () => {
    const terminal = openTerminal({ env: { FERRY_ORG_ID: '5555467B5D8013E50A494220@AdobeOrg' } });
    await terminal.waitFor(/Your organisation +enter begins login; not set/);
    await terminal.press(keys.down, 'not set: FERRY_ACCESS_TOKEN, FERRY_API_KEY');
    await terminal.press(keys.up, /^❯.*embedded emulator/m);
    await terminal.press(keys.enter, questions.sandbox);
  });
});

describe.concurrent('a platform that fails while something is asked', () => {
  it.each(
    byDay(
      [
        ['an HTML 503', 'GET /connectionSpecs=htmlx4', ['The platform has a problem (503)', 'web page']],
        ['a 401', 'GET /connectionSpecs=401x2', ['does not accept the sign-in (401)', 'FERRY_ACCESS_TOKEN']],
        ['a 403', 'GET /connectionSpecs=403x1', ['does not allow this (403)', 'View Destinations']],
      ],
      ([what]) => what === 'an HTML 503',
    ),
  )('%s is explained, and works when tried again', async (_, fault, sentences) => {
    const emulator = await emulatorWith({ segments: 40, faults: [fault] });
    const terminal = await openOrganisation(emulator.url);
    await terminal.waitFor(questions.sandbox);
    await beginIn(terminal, 'dev');
    for (const sentence of sentences) await terminal.waitFor(sentence);
    // Back is never refused, and the page behind has kept its answer.
    await terminal.press(keys.escape, questions.home);
    await terminal.press(keys.escape, questions.sandbox);
    await terminal.waitFor(/^❯ ● dev/m);
    await terminal.press(keys.enter, questions.home);
    terminal.write(keys.enter);
    await terminal.waitFor(/Adobe Campaign|try again/);
    if (!terminal.screen().includes('Adobe Campaign')) terminal.write(keys.enter);
    await terminal.waitFor('Adobe Campaign');
  });

  itInSoak('a credential that may not list sandboxes works in the one of the settings', async () => {
    const emulator = await emulatorWith({
      segments: 40,
      faults: ['GET /sandbox-management=403', 'GET /sandbox-management/*=403'],
    });
    const terminal = await openOrganisation(emulator.url);
    await terminal.waitFor('from your settings; the list could not be read');
    await terminal.press(keys.enter, questions.home);
    await terminal.press(keys.enter, 'Adobe Campaign');
  });

  it('a refused port is explained', async () => {
    const terminal = await openOrganisation(nobody.url);
    await terminal.waitFor(`Cannot reach ${nobody.host}`);
    await terminal.waitFor('connection refused');
    await terminal.waitFor('FERRY_API_URL');
    await terminal.press(keys.escape, 'Where do you want to work?');
  });
});

describe.concurrent('a platform that fails while something is made', () => {
  const faults: [string, string[]][] = [
    ['POST /targetConnections=403x1', ['does not allow this (403)', 'Manage Destinations']],
    ['POST /flows=htmlx3', ['The platform has a problem (503)', 'web page']],
    ['POST /sourceConnections=resetx3', ['The connection was lost', 'may or may not']],
    ['PATCH /flows/*=500x3', ['The platform has a problem (500)']],
  ];

  // One that is refused, and one of which nobody knows what became.
  it.each(byDay(faults, ([fault]) => /403/.test(fault)))(
    '%s is explained, every answer is kept, and trying again ends verified',
    async (fault, sentences) => {
      const emulator = await emulatorWith({ segments: 40, faults: [fault] });
      const terminal = await openOrganisation(emulator.url, 30);
      await walkToReview(terminal, answers);
      await choose(terminal, 'Apply this plan');
      await terminal.waitFor('Apply it to sandbox');
      terminal.write('y');
      for (const sentence of sentences) await terminal.waitFor(sentence);
      // What was done stays in sight, and what happened stands below the step that it happened at.
      expect(terminal.screen()).toMatch(/✓ Connection to Profile Store [^]*\n❯ ✗ [^\n]+\n {4}\S/);
      // Back to the review: nothing is lost.
      await terminal.press(keys.escape, questions.review);
      expect(terminal.screen()).toContain('crm-exports');
      await applyFromReview(terminal);
      const proof = await terminal.waitFor('Verified');
      expect(proof).toMatch(/✓ ▸ Loyalty Segment.* 7 of 7/);
      // Trying again went on where it had ended: nothing was made twice.
      const made = (['connections', 'sourceConnections', 'targetConnections', 'flows'] as const).map((one) =>
        emulator.count(one),
      );
      expect(made).toEqual([2, 1, 1, 1]);
    },
  );

  itInSoak(
    'says how often it was tried and when again, keeps its checklist in the smallest window, and is undone by a key',
    async () => {
      const emulator = await emulatorWith({
        segments: 40,
        faults: ['POST /flows=429:1x1', 'POST /flows=503x2'],
      });
      const terminal = await openOrganisation(emulator.url, 30);
      await walkToReview(terminal, answers);
      await choose(terminal, 'Apply this plan');
      await terminal.waitFor('Apply it to sandbox');
      await terminal.press('y', /Dataflow\s+busy \(429\), retrying in \d(\.\d)? s · try [23] of 3/);
      const ended = await terminal.waitFor('enter try again');
      expect(ended).toMatch(/✗ Dataflow +503, 3 tries +\d+\.\d s\n {4}The platform has a problem/);
      expect(ended).toMatch(/Not finished · 4 of 5 objects created/);
      expect(ended).toMatch(/✓ Storage location[^]*✗ Dataflow[^]*─ Read back and compare/);
      expect(ended).toMatch(/enter try again · u undo · esc back/);
      terminal.resize(40, 15);
      await terminal.waitFor(
        (seen) =>
          seen.split('\n').length <= 14 &&
          /❯ ✗ Dataflow +503, 3 tries/.test(seen) &&
          /^↑↓ scroll · enter try again · u undo$/m.test(seen),
      );
      // The review knows what there is, and asks and tells of the undo itself.
      terminal.resize(80, 30);
      await terminal.press(keys.escape, /▲ Run [0-9a-f]{8}, interrupted [^]*has\s+created 4 objects/);
      await terminal.press('u', /Remove the 4 objects of run [0-9a-f]{8} from sandbox dev\?/);
      await terminal.press('y', /Undone\. Nothing of run [0-9a-f]{8} is left\./);
      for (const one of ['connections', 'sourceConnections', 'targetConnections', 'flows'] as const)
        expect(emulator.count(one)).toBe(0);
      const review = await terminal.press(keys.enter, 'Is this right?');
      expect(review).not.toMatch(/interrupted|u undo/);
    },
  );
});
