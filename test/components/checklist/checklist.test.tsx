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
