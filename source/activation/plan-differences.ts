import { ofPlan } from './of-plan.ts';
import { type Compared, difference } from './difference.ts';
import type { Plan } from './plan/plan.ts';
import { withRenames } from './renames.ts';
import { isSettingName, placeOf, settingNames } from './settings.ts';

/** One difference between two plans. */
export interface Difference {
  /**
   * JSON path; a segment goes by its id: `$.segments[9f7d37fd-…].schedule.startDate`; a column with another name by its
   * source, `$.attributes.selected[loyalty.points].column`, one with another source by its name, `….selected[POINTS].path`.
   */
  readonly path: string;
  /** `unread`: what is there could not be read. */
  readonly kind: 'changed' | 'added' | 'removed' | 'reordered' | 'unread';
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  /** Name of the segment that it is about. */
  readonly segment?: string | undefined;
}

const kinds = {
  changed: 'changed',
  missing: 'added',
  extra: 'removed',
  reordered: 'reordered',
  unread: 'unread',
} as const;

/**
 * What has to be done to `before` to get `after`, in the order of the document. Segments are the same when
 * their ids are; the order of columns counts, the order of segments does not.
 */
export function planDifferences(before: Plan, after: Plan): Difference[] {
  const [wanted, found] = [ofPlan(after), ofPlan(before)];
  const compared = withRenames(difference(wanted, found), wanted, found);
  return [
    ...compared.filter(({ part }) => part === 'document'),
    ...compared
      .filter(({ part }) => part === 'segment')
      .sort((one, other) => rank(one) - rank(other) || order(one) - order(other)),
    // Of each list what goes, what is called otherwise, what comes, then the order.
    ...Object.keys(listNames).flatMap((list) =>
      ['extra', 'changed', 'missing', 'reordered'].flatMap((kind) =>
        compared.filter((one) => one.part === list && one.kind === kind),
      ),
    ),
  ].flatMap(worded);
}

const listNames = { column: 'selected', mandatory: 'mandatory', key: 'deduplication' } as const;

/** Segments as they stand in the plan before; those that are new come last. */
function rank(compared: Compared): number {
  return compared.part === 'segment' ? Number(compared.of.before?.at[1] ?? Infinity) : 0;
}

/** Settings as they stand in a plan, after what says which segment it is. */
function order(compared: Compared): number {
  const member = compared.part === 'segment' ? compared.member : undefined;
  return settingNames.findIndex((name) => name === member);
}

/** A finding as a difference; nothing for one that is the same. */
export function worded(compared: Compared): Difference[] {
  if (compared.kind === 'same') return [];
  const kind = kinds[compared.kind];
  const { part, place } = compared;
  const [before, after] = [compared.before, compared.after].map((said) =>
    part === 'key' ? said?.replaceAll(/\bATTRIBUTE /g, '').replaceAll(/\bIDENTITY /g, 'identity ') : said,
  );
  const values = {
    ...(before === undefined || kind === 'reordered' ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
  if (part === 'segment') {
    const { id, name } = compared.of.before ?? compared.of.after ?? { id: '' };
    const { member } = compared;
    const path = [
      `$.segments[${id}]`,
      ...(member === undefined ? [] : isSettingName(member) ? placeOf(member) : [member]),
    ];
    return [
      { path: path.join('.'), kind, ...values, ...(member === undefined ? {} : { segment: name ?? id }) },
    ];
  }
  if (part === 'column' && compared.member !== undefined) {
    const path = `$.attributes.${listNames.column}[${compared.subject}].${compared.member}`;
    return [{ path, kind, ...values }];
  }
  const path =
    part === 'column' || part === 'mandatory' || part === 'key'
      ? `$.attributes.${listNames[part]}`
      : place.after;
  return [{ path, kind, ...values }];
}
