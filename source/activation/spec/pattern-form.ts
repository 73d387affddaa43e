/** What a pattern asks for, by the id of its words (`value.form.…` in `locale/`): nobody reads a pattern. */
export type PatternForm = `form.${(typeof forms)[number][0]}` | 'form.name' | 'form.other';

/**
 * The patterns that the cards publish, without the escapes that change nothing.
 *
 * @see flow-service.md, sections 2.1 and 4.3; cards.md, sections 3.1 and 4.1
 */
const forms = [
  ['accessKeyId', '^[A-Z2-7]{20}$'],
  ['secretAccessKey', '^[A-Za-z0-9/+]{40}$'],
  [
    'bucketName',
    '(?=^.{3,63}$)(?!^(\\d+\\.)+\\d+$)(^(([a-z0-9]|[a-z0-9][a-z0-9-]*[a-z0-9])\\.)*([a-z0-9]|[a-z0-9][a-z0-9-]*[a-z0-9])$)',
  ],
  ['container', '^[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9]$'],
  [
    'googleBucket',
    '(?!^goog.*$)(?!^.*g(o|0)(o|0)gle.*$)(((?=^.{3,63}$)(^([a-z0-9]|[a-z0-9][a-z0-9-_]*)[a-z0-9]$))|((?=^.{3,222}$)(?!^(\\d+\\.)+\\d+$)(^(([a-z0-9]{1,63}|[a-z0-9][a-z0-9-_]{1,61}[a-z0-9])\\.)*([a-z0-9]{1,63}|[a-z0-9][a-z0-9-_]{1,61}[a-z0-9])$)))',
  ],
  [
    'lakeAddress',
    '^abfss://[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9]@[a-z0-9]{3,24}\\.dfs\\.core\\.windows\\.net$',
  ],
  ['folder', "^[0-9a-zA-Z/!-_.*'()]+$"],
  ['folderWithMacros', "^[0-9a-zA-Z/!-_.*''()]*((%SEGMENT_(NAME|ID)%)?/?)+$"],
] as const;

/** The words for a pattern; for one that no card publishes those that are true of any. */
export function formOf(pattern: string): PatternForm {
  const bare = withoutEscapes(pattern);
  const known = forms.find(([, one]) => one === bare);
  return known ? `form.${known[0]}` : 'form.other';
}

/** Of `\.` outside of a class, `\d` and their like the escape is the meaning. */
const withoutEscapes = (pattern: string): string =>
  pattern.replaceAll(/\[(?:[^\]\\]|\\.)*\]|\\[/%'!_-]/g, (part) =>
    part.startsWith('[') ? part.replaceAll(/\\([/+!_.*'()-])/g, '$1') : part.slice(1),
  );
