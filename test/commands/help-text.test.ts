import { describe, expect, it } from 'vitest';
import { commandNames } from '../../source/commands/console/command-table.ts';
import { commandHelp, helpText } from '../../source/commands/help/help.ts';
import { en } from '../../source/locale/en.ts';
import { textsOf } from '../../source/locale/texts.ts';
import { zhTW } from '../../source/locale/zh-TW.ts';

const npm = { startedAs: { alone: 'npm start', before: 'npm start --' } };
const npx = { startedAs: { alone: 'npx aep-ferry', before: 'npx aep-ferry' } };

describe('help where it is not started as ferry', () => {
  it.each(commandNames)('names of %s only commands that run there', async (command) => {
    for (const text of [textsOf(en, 'en', npm), textsOf(zhTW, 'zh-TW', npm)]) {
      const help = await helpText(command, text);
      const written = await commandHelp(command, text.language);
      expect(written).toMatch(/^( {2}(eval "\$\()?)?ferry /m);
      expect(help.split('\n').filter((line) => /^ *(\S+=\S+ )*ferry( [a-zA-Z|-]|$)/.test(line))).toEqual([]);
      expect(help).not.toMatch(/\bferry (?:[a-z]+ )?(?:PLAN|FLOW|COMMAND|--)/);
    }
  });

  it('has the wizard alone, and what explains it in the column of the others', async () => {
    const lines = (await helpText('wizard', textsOf(en, 'en', npm))).split('\n');
    const column = (start: string): number =>
      lines
        .find((line) => line.startsWith(start))
        ?.replace(/^.*? {3,}/, (lead) => '_'.repeat(lead.length))
        .search(/[^_]/) ?? -1;
    expect(column('  npm start   ')).toBe(column('  npm start -- apply PLAN  '));
    expect(lines.at(lines.indexOf('Common options') - 2)).toMatch(
      /^ {2}FERRY_.*FERRY_SANDBOX=dev npm start$/,
    );
  });

  it('keeps what npm says of a script out of what a shell takes', async () => {
    const completion = await helpText('completion', textsOf(en, 'en', npm));
    expect(completion).toContain('eval "$(npm start --silent -- completion bash)"');
    expect(completion).toContain('npm start --silent -- completion fish > ~');
    expect(await helpText('completion', textsOf(en, 'en', npx))).toContain(
      '$(npx aep-ferry completion bash)',
    );
  });

  it('is as it was written where it is', async () => {
    const help = await helpText('plan', textsOf(en, 'en'));
    expect(help.startsWith(await commandHelp('plan', 'en'))).toBe(true);
  });
});
