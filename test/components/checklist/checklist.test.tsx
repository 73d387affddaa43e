import { describe, expect, it } from 'vitest';
import { Checklist, type ChecklistRow } from '../../../source/components/checklist/checklist.tsx';
import { Spinner } from '../../../source/components/spinner/spinner.tsx';
import { asciiGlyphs, Theme } from '../../../source/components/theme/theme.tsx';
import { renderInk } from '../../helpers/ink.tsx';

const rows: readonly ChecklistRow[] = [
  { label: 'Source connection', state: 'done', ms: 1204, detail: 'c1a2b3c4' },
  { label: '目的地連線', state: 'running', detail: 'again in 2 s' },
  { label: 'Target connection', state: 'waiting' },
  { label: 'Dataflow', state: 'failed', ms: 90, detail: '400: connectionSpec is not known here' },
  { label: 'Check', state: 'skipped' },
];

describe('Checklist', () => {
  it('draws how each thing went', async () => {
    const ink = await renderInk(
      <Theme hasMotion={false}>
        <Checklist rows={rows} />
      </Theme>,
      { columns: 60 },
    );
    expect(ink.frame()).toMatchInlineSnapshot(`
      "✓ Source connection  c1a2b3c4                          1.2 s
      ● 目的地連線         again in 2 s
      · Target connection
      ✗ Dataflow           400: connectionSpec is not know…  0.1 s
      ─ Check"
    `);
  });

  const running = ['● Three', '  all of what is waited for, which', '  takes a line more'];

  it.each([
    [7, ['✓ One', '✓ Two', ...running, '· Four', '· Five']],
    [6, ['✓ 2 done', ...running, '· Four', '· Five']],
    [5, ['✓ 2 done', ...running, '· Four']],
  ])('keeps in %i lines what is going on, and counts what is done', async (height, wanted) => {
    const done = (label: string): ChecklistRow => ({ label, state: 'done' });
    const waiting = (label: string): ChecklistRow => ({ label, state: 'waiting' });
    const detail = 'all of what is waited for, which takes a line more';
    const all = [done('One'), done('Two'), { label: 'Three', state: 'running', detail } as const];
    const ink = await renderInk(
      <Theme hasMotion={false}>
        <Checklist
          rows={[...all, waiting('Four'), waiting('Five')]}
          width={36}
          height={height}
          doneAbove={(count) => `${count} done`}
        />
      </Theme>,
      { columns: 36 },
    );
    // Whoever draws it cuts what is still to come.
    expect(ink.frame().split('\n').slice(0, height)).toEqual(wanted);
  });

  it('draws in plain letters and 40 columns', async () => {
    const ink = await renderInk(
      <Theme glyphs={asciiGlyphs} hasMotion={false}>
        <Checklist rows={rows} />
      </Theme>,
      { columns: 40 },
    );
    expect(ink.frame()).toMatchInlineSnapshot(`
      "+ Source connection  c1a2b3c4      1.2 s
      * 目的地連線         again in 2 s
      - Target connection
      x Dataflow           400: conn...  0.1 s
      - Check"
    `);
  });
});

describe('Spinner', () => {
  it('appears only after a moment', async () => {
    const ink = await renderInk(<Spinner label="Reading segments" />);
    expect(ink.frame()).toBe('');
    expect(await ink.waitFor('Reading segments')).toBe('⠋ Reading segments');
    await ink.waitFor('⠙');
  });

  it('is plain text where nothing may move', async () => {
    const ink = await renderInk(
      <Theme hasMotion={false}>
        <Spinner label="Reading segments" delayMs={0} />
      </Theme>,
    );
    expect(ink.frame()).toBe('Reading segments');
  });
});
