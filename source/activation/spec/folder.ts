import { documented, kindOf } from './catalog.ts';
import type { Field } from './field.ts';

/** Something about a folder that is hardly meant, although nothing forbids it. */
export interface FolderDoubt {
  readonly id:
    | 'finding.folderUp'
    | 'finding.folderMacro'
    | 'finding.folderOtherMacro'
    | 'finding.folderSigns';
  readonly values: Readonly<Record<string, string>>;
}

/** Params that name a folder. @see flow-service.md, section 4.3 */
export const folderNames = ['path', 'remotePath'] as const;

/** A folder as a location names it, cut where names are only known at an export. */
interface FolderParts {
  /** With the slash that it begins with, where it does; without any other around it. */
  readonly fixed: string;
  /** From the first that is named after a segment on. */
  readonly below: readonly string[];
}

/** The folder of a location. @see cards.md, section 4.1 */
export function folderParts(location: Readonly<Record<string, unknown>>): FolderParts {
  const [name] = folderNames.filter((one) => typeof location[one] === 'string');
  const whole = name === undefined ? '' : String(location[name]);
  const parts = whole.split('/').filter((one) => one !== '');
  const at = parts.findIndex((one) => one.includes('%'));
  const fixed = at < 0 ? parts : parts.slice(0, at);
  return {
    fixed: (whole.startsWith('/') ? '/' : '') + fixed.join('/'),
    below: parts.slice(fixed.length),
  };
}

/** What an object store takes in the name of a folder, without a pattern of its own. @see flow-service.md, section 4.3 */
const ofStores = /[0-9a-zA-Z/!\-_.*'()]/;
/** What hardly a server takes. */
const ofNoServer = /[?*<>|"\\%]/;

/** Macros that the newer cards take in a folder; the older ones take none. @see cards.md, sections 4.1 and 10 */
const ofSegment = /^%SEGMENT_(NAME|ID)%$/;

/**
 * What to say of a folder that is sent as it is written. A spec that has a pattern has said the rest itself.
 *
 * @param card - Connection spec; of one that nobody has documented only the way up is told.
 */
export function folderDoubts(
  { name, pattern }: Pick<Field, 'name' | 'pattern'>,
  folder: string,
  card: string,
): FolderDoubt[] {
  if (!folderNames.some((one) => one === name)) return [];
  const up: FolderDoubt[] = /(^|\/)\.\.(\/|$)/.test(folder)
    ? [{ id: 'finding.folderUp', values: { folder } }]
    : [];
  const isNewer = kindOf(card) === 'newer';
  if (pattern !== undefined || !(isNewer || documented(card))) return up;
  const macros = folder.match(/%\w+(\([^)%]*\))?%/g) ?? [];
  const other = macros.find((macro) => !isNewer || !ofSegment.test(macro));
  const isStore = name === 'path' && !isNewer;
  const rest = [...macros.reduce((left, macro) => left.replace(macro, ''), folder)];
  const signs = rest.filter((sign) => (isStore ? !ofStores.test(sign) : ofNoServer.test(sign)));
  const quoted = [...new Set(signs)].map((sign) => `"${sign}"`).join(' ');
  return [
    ...up,
    ...(other === undefined
      ? []
      : [
          {
            id: isNewer ? ('finding.folderOtherMacro' as const) : ('finding.folderMacro' as const),
            values: { macro: other },
          },
        ]),
    ...(quoted === '' ? [] : [{ id: 'finding.folderSigns' as const, values: { signs: quoted } }]),
  ];
}
