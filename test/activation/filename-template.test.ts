import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  completeMacro,
  defaultTemplate,
  formatTemplate,
  hasMoment,
  longestName,
  macrosFor,
  type NameFacts,
  parseTemplate,
  previewName,
  proposedTemplate,
  type TemplatePart,
  templateProblems,
} from '../../source/activation/content/filename-template.ts';

const macros = macrosFor('older');
const datetime = '%DATETIME(YYYYMMdd_HHmmss)%';
const least = '%DESTINATION_NAME%_%SEGMENT_ID%';

const facts: NameFacts = {
  destinationName: 'Adobe Campaign',
  segmentId: '9f7d37fd-7039-4454-94ef-2b0cd6c3206a',
  segmentName: 'Interested in Mountain Biking',
  atMs: Date.parse('2026-12-20T17:00:00Z'),
};

describe('parseTemplate', () => {
  it.each<[string, TemplatePart[]]>([
    ['', []],
    ['plain', [{ kind: 'text', text: 'plain' }]],
    ['%SEGMENT_ID%', [{ kind: 'macro', macro: 'SEGMENT_ID' }]],
    [
      'a_%SEGMENT_ID%-%DATETIME(YYYYMMdd_HHmmss)%.x',
      [
        { kind: 'text', text: 'a_' },
        { kind: 'macro', macro: 'SEGMENT_ID' },
        { kind: 'text', text: '-' },
        { kind: 'macro', macro: 'DATETIME(YYYYMMdd_HHmmss)' },
        { kind: 'text', text: '.x' },
      ],
    ],
    ['%segment_id%', [{ kind: 'unknown', text: 'segment_id' }]],
    ['%%', [{ kind: 'unknown', text: '' }]],
    ['100%', [{ kind: 'text', text: '100%' }]],
    [
      '%SEGMENT_ID%%SEGMENT_ID',
      [
        { kind: 'macro', macro: 'SEGMENT_ID' },
        { kind: 'text', text: '%SEGMENT_ID' },
      ],
    ],
  ])('cuts %j', (template, wanted) => {
    expect(parseTemplate(template)).toEqual(wanted);
  });
});

describe('templateProblems', () => {
  it.each([
    ['the proposed template', defaultTemplate],
    ['no more than the platform requires', least],
    ['the macros in another order', `%SEGMENT_ID%_${datetime}_%DESTINATION_NAME%`],
    ['a Unix time', `${least}_%TIMESTAMP%`],
    ['the name of the segment and a text of one’s own', `${least}_%SEGMENT_NAME%_crm export-1.0`],
    ['macros that touch', '%DESTINATION_NAME%%SEGMENT_ID%'],
  ])('takes %s', (_, template) => {
    expect(templateProblems(template)).toEqual([]);
  });

  it.each<[string, string[]]>([
    ['', ['template.empty']],
    ['   ', ['template.empty']],
    ['report', ['template.macroMissing %DESTINATION_NAME%', 'template.macroMissing %SEGMENT_ID%']],
    ['%DESTINATION_NAME%_report', ['template.macroMissing %SEGMENT_ID%']],
    [`%SEGMENT_ID%_${datetime}`, ['template.macroMissing %DESTINATION_NAME%']],
    [`${least}_%SEGMENT%`, ['template.unknownMacro %SEGMENT%']],
    [
      '%destination_name%_%SEGMENT_ID%',
      ['template.unknownMacro %destination_name%', 'template.macroMissing %DESTINATION_NAME%'],
    ],
    [`${least}_%DATETIME%`, ['template.datetimeFormat %DATETIME%']],
    [`${least}_%DATETIME(YYYYMMDD_HHmmss)%`, ['template.datetimeFormat %DATETIME(YYYYMMDD_HHmmss)%']],
    [`${least}_%datetime(x)%`, ['template.datetimeFormat %datetime(x)%']],
    [`${least}_${datetime}_%TIMESTAMP%`, ['template.oneMoment ']],
    [`${least}_%SEGMENT_ID%`, ['template.repeatedMacro %SEGMENT_ID%']],
    [`${least}_%TIMESTAMP%_%TIMESTAMP%`, ['template.repeatedMacro %TIMESTAMP%']],
    [`crm/${least}`, ['template.characters crm/']],
    [`${least}_%`, ['template.characters _%']],
    [`${least}_客戶`, ['template.characters _客戶']],
    [`${least}\n`, ['template.characters \n']],
  ])('says of %j: %j', (template, wanted) => {
    const problems = templateProblems(template, '$.filenameTemplate');
    expect(problems.map(({ id, values }) => `${id} ${values['macro'] ?? values['text'] ?? ''}`)).toEqual(
      wanted.map((one) => (one.includes(' ') ? one : `${one} `)),
    );
    // Sound ones have none.
    expect(problems.filter(({ path }) => path !== '$.filenameTemplate')).toEqual([]);
  });

  it('does not measure a name that has other problems', () => {
    expect(templateProblems(`${least}/${'x'.repeat(300)}`).map(({ id }) => id)).toEqual([
      'template.characters',
    ]);
  });

  it('allows 255 characters in the name, not one more', () => {
    const rest = longestName - `X_${facts.segmentId}.csv`.length;
    expect(templateProblems(least + 'x'.repeat(rest))).toEqual([]);
    expect(templateProblems(least + 'x'.repeat(rest + 1), '$')).toEqual([
      { id: 'template.tooLong', path: '$', values: { length: 256, most: 255 } },
    ]);
    // The name of a segment has one letter at least.
    const named = `${least}_%SEGMENT_NAME%${'x'.repeat(rest - 2)}`;
    expect(templateProblems(named)).toEqual([]);
    expect(templateProblems(`${named}x`, '$')).toMatchObject([{ values: { length: 256 } }]);
  });
});

describe('previewName', () => {
  it.each([
    [defaultTemplate, 'AdobeCampaign_9f7d37fd-7039-4454-94ef-2b0cd6c3206a_20261220_170000.csv'],
    ['%TIMESTAMP%', '1797786000.csv'],
    ['%SEGMENT_NAME%-daily', 'Interested in Mountain Biking-daily.csv'],
    ['%OTHER%_100%', '%OTHER%_100%.csv'],
    ['', '.csv'],
  ])('fills %j', (template, wanted) => {
    expect(previewName(template, facts)).toBe(wanted);
  });

  it('fills the macros of the cards of today, and leaves what is not known', () => {
    const template = macrosFor('newer')
      .map((macro) => `%${macro}%`)
      .join('_')
      .replace('_%TIMESTAMP%', '');
    expect(templateProblems(template, '', 'newer')).toEqual([]);
    const known = { sandbox: 'dev', flowId: 'ca5c6e9a', flowName: 'Gold', fileType: 'PARQUET' };
    expect(previewName(template, { ...facts, ...known })).toBe(
      'AdobeCampaign_9f7d37fd-7039-4454-94ef-2b0cd6c3206a_Interested in Mountain Biking_ca5c6e9a_Gold_%ORGANIZATION_NAME%_dev_20261220_170000.parquet',
    );
    expect(previewName('%DATETIME(YYYYMMdd_HHmmss)%', { ...facts, atMs: undefined })).toBe(
      'YYYYMMdd_HHmmss.csv',
    );
    expect(previewName('%TIMESTAMP%', { ...facts, atMs: undefined })).toBe('%TIMESTAMP%.csv');
    expect(previewName('%DESTINATION_INSTANCE_NAME%_%SANDBOX_NAME%', facts)).toBe(
      '%DESTINATION_INSTANCE_NAME%_%SANDBOX_NAME%.csv',
    );
  });

  it('of what is proposed has no problem on its card', () => {
    for (const kind of ['older', 'newer'] as const)
      expect(templateProblems(proposedTemplate(kind), '', kind)).toEqual([]);
    expect(completeMacro('%SEGMENT_ID%_%de', 'newer')).toBe('%SEGMENT_ID%_%DESTINATION%');
    expect(completeMacro('%SEGMENT_ID%_%de', 'older')).toBe('%SEGMENT_ID%_%DESTINATION_NAME%');
  });

  it('does not read macros in the names it fills in', () => {
    const tricky = { ...facts, segmentName: '%SEGMENT_ID%', destinationName: '$& $1' };
    expect(previewName('%SEGMENT_NAME%_%DESTINATION_NAME%', tricky)).toBe('%SEGMENT_ID%_$&$1.csv');
  });
});

describe('hasMoment', () => {
  it.each([
    [defaultTemplate, true],
    [`${least}_%TIMESTAMP%`, true],
    [least, false],
    [`${least}_TIMESTAMP`, false],
    [`${least}_%DATETIME(YYYY)%`, false],
  ])('%j: %s', (template, wanted) => {
    expect(hasMoment(template)).toBe(wanted);
  });
});

it('names the macros of the card where one is unknown', () => {
  const allowedBy = (kind: 'older' | 'newer'): string =>
    String(
      templateProblems(`${least}_%BOGUS%`, '', kind).find(({ id }) => id === 'template.unknownMacro')?.values[
        'allowed'
      ],
    );
  expect(allowedBy('older')).toMatch(/^%DESTINATION_NAME%,%SEGMENT_ID%,.*%TIMESTAMP%$/);
  expect(allowedBy('newer')).toMatch(/^%DESTINATION%,.*%SANDBOX_NAME%,/);
});

describe('any template', () => {
  const piece = fc.oneof(
    fc.constantFrom(...macros.map((macro) => `%${macro}%`)),
    fc.constantFrom('%', '%%', '_', '%SEGMENT%', '%DATETIME(YYYY)%', 'SEGMENT_ID', 'daily', ' '),
    fc.string({ maxLength: 6 }),
    fc.string({ unit: 'binary', maxLength: 3 }),
  );
  const template = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
  const moment = fc.date({ noInvalidDate: true }).map((date) => date.getTime());

  it('is the same again after parsing and formatting', () => {
    fc.assert(
      fc.property(template, (text) => {
        expect(formatTemplate(parseTemplate(text))).toBe(text);
      }),
    );
  });

  it('has a name that ends in .csv, or at least problems that are told', () => {
    fc.assert(
      fc.property(template, fc.string(), moment, (text, segmentName, atMs) => {
        expect(previewName(text, { ...facts, segmentName, atMs })).toMatch(/\.csv$/);
        expect(Array.isArray(templateProblems(text))).toBe(true);
      }),
    );
  });

  it('holds segment and destination, once each, and fits, when it has no problem', () => {
    const sound = fc
      .record({
        parts: fc.shuffledSubarray(['%SEGMENT_NAME%', datetime, '%TIMESTAMP%', 'daily', ' ', '%SEGMENT_ID%']),
        spoilt: fc.option(piece, { nil: '' }),
        filling: fc.integer({ min: 0, max: 260 }),
      })
      .map(({ parts, spoilt, filling }) =>
        [...parts, '%DESTINATION_NAME%', spoilt, 'x'.repeat(filling)].join('_'),
      );
    let soundOnes = 0;
    fc.assert(
      fc.property(sound, (text) => {
        if (templateProblems(text).length > 0) return;
        soundOnes += 1;
        expect(text.split('%SEGMENT_ID%')).toHaveLength(2);
        expect(text.split('%DESTINATION_NAME%')).toHaveLength(2);
        const name = previewName(text, { ...facts, destinationName: 'X', segmentName: 'X', atMs: 0 });
        expect(name).toContain(facts.segmentId);
        expect(name).not.toContain('%');
        expect(name.length).toBeLessThanOrEqual(255);
        expect(hasMoment(text)).toBe(/DATETIME|TIMESTAMP/.test(text));
      }),
      { numRuns: 500 },
    );
    expect(soundOnes).toBeGreaterThan(10);
  });
});
