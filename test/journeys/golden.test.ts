import { describe, expect, it } from 'vitest';
import { keys } from '../helpers/keys.ts';
import { openTerminal, type Terminal } from '../helpers/terminal.ts';
import { applyFromReview, choose, fill, journeys, pageOf, questions, select } from '../helpers/walk.ts';

/** What is another each time, as wide as it was. Dates go by the day of the run. */
function steady(screen: string): string {
  return (
    screen
      .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, (id) =>
        // Segments keep their ids.
        id.startsWith('9f7d37fd') || id.startsWith('25768be6') ? id : '00000000-0000-4000-8000-000000000000',
      )
      // What is cut begins or ends with an ellipsis.
      .replaceAll(/[0-9a-f]{8}-[0-9a-f-]+…/g, (id) => '0'.repeat(id.length - 1) + '…')
      .replaceAll(/…\d{0,4}-\d\d-\d\d/g, (date) => '…' + 'YYYY-MM-DD'.slice(-(date.length - 1)))
      .replaceAll(/20(?!35)\d\d-\d\d-\d\d/g, '20YY-MM-DD')
      .replaceAll(/20(?!35)\d\d[01]\d[0-3]\d_/g, '20YYMMDD_')
      .replaceAll(/\d+\.\d s/g, (time) => 'n.n s'.padStart(time.length))
      .replaceAll(/^ +$/gm, '')
  );
}

/** The wizard from page to page, with a look at each. */
async function* pages(terminal: Terminal): AsyncGenerator<string> {
  const campaign = journeys['Adobe Campaign'];
  if (!campaign) throw new Error('no journey');
  await terminal.waitFor(questions.sandbox);
  await terminal.waitFor(/❯.*dev/);
  yield 'sandbox';
  await choose(terminal, 'dev');
  await terminal.waitFor(questions.destination);
  await terminal.waitFor(/7 in all/);
  yield 'destination';
  await choose(terminal, campaign.destination);
  await terminal.waitFor('How do you sign in');
  yield 'sign-in';
  await choose(terminal, 'S3');
  await terminal.waitFor('Sign-in:');
  yield 'sign-in-fields';
  await fill(terminal, campaign.signInFields);
  await terminal.waitFor('Where should the files');
  yield 'location';
  await choose(terminal, 'S3');
  await terminal.waitFor('Storage location:');
  await fill(terminal, campaign.locationFields);
  await terminal.waitFor(questions.segments);
  await terminal.waitFor('1,204 in all');
  yield 'segments';
  await terminal.press('台北會員', /台北 會員|matches|match/);
  await terminal.press(keys.ctrl('u'), '1,204 in all');
  await terminal.press('台北', /of 1,204 match/);
  yield 'segments-searched';
  await terminal.press(keys.ctrl('u'), '1,204 in all');
  await terminal.press(keys.ctrl('f'), /^❯ Evaluation/m);
  yield 'segments-filter';
  await terminal.press(keys.escape, '1,204 in all');
  await select(terminal, 'mountain biking', 'Interested in Mount');
  await select(terminal, 'loyalty seg', 'Loyalty Segment');
  await terminal.press(keys.enter, questions.attributes);
  await terminal.waitFor(/in all/);
  yield 'attributes';
  await terminal.press(keys.enter, questions.mandatory);
  yield 'mandatory';
  await terminal.press(keys.enter, questions.deduplication);
  await select(terminal, 'personalEmail', 'personalEmail');
  yield 'deduplication';
  await terminal.press(keys.enter, questions.exportMode);
  yield 'export-mode';
  await choose(terminal, 'Loyalty');
  await terminal.waitFor('Which export mode for');
  await choose(terminal, 'first full, then increm');
  await terminal.waitFor(questions.exportMode);
  await choose(terminal, 'Continue');
  await terminal.waitFor(questions.schedule);
  yield 'schedule';
  await choose(terminal, 'Loyalty');
  await terminal.waitFor('How often to export');
  yield 'frequency';
  await choose(terminal, 'every 6 hours');
  await terminal.waitFor('Dates, time and file');
  await fillDates(terminal);
  yield 'details';
  await fill(terminal, { 'End date': '2035-12-31' });
  await terminal.waitFor(questions.schedule);
  await choose(terminal, 'Continue');
  await terminal.waitFor(questions.review);
  await terminal.waitFor(/0 of at most 100/);
  yield 'review';
  await applyFromReview(terminal);
  await terminal.waitFor('Verified');
  yield 'validation';
}

/** Another start than tomorrow, so that its exports are the same every day. */
async function fillDates(terminal: Terminal): Promise<void> {
  await terminal.waitFor(/^❯ Start date/m);
  terminal.write(keys.ctrl('u'));
  await terminal.press('2035-01-01', /2035-01-01/);
}

describe('golden frames', () => {
  it.each([
    [80, 24],
    [40, 15],
  ])('at %i × %i', { timeout: 60_000 }, async (columns, rows) => {
    const terminal = openTerminal({ args: ['--emulator'], columns, rows });
    for await (const name of pages(terminal)) {
      // A frame that is still being drawn is no frame: the same twice is.
      let screen = terminal.screen();
      await terminal.waitFor((seen) => {
        const isStill = seen === screen && pageOf(seen) !== '' && !/Asking the platform|loading/.test(seen);
        screen = seen;
        return isStill;
      });
      await expect(steady(screen)).toMatchFileSnapshot(`../golden/${columns}x${rows}/${name}.txt`);
    }
  });
});
