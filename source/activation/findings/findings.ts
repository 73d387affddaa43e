import { identitiesIn } from '../content/identities.ts';
import { documented, formOfMode, newerCard, newerMode, olderCloudStorageMode } from '../spec/catalog.ts';
import { hasMoment, makesFolders, previewName } from '../content/filename-template.ts';
import { type FolderDoubt, folderDoubts, folderNames } from '../spec/folder.ts';
import { documentedForms, type Forms } from '../spec/forms.ts';
import { limits } from './limits.ts';
import type { Plan } from '../plan/plan.ts';
import { lastExport, nextRuns, utcMs, utcText } from '../content/schedule.ts';
import type { Problem } from '../plan/problem.ts';
import { specProblems } from '../spec/spec-rules.ts';
import { mismatch, modeFor, type SignIn, signInOf, storageOf } from '../spec/storage-kind.ts';

/**
 * Things a plan may do that often turn out not to be meant. Unlike problems they never stop anything.
 *
 * `warning`: something will probably not be as expected. `note`: good to know.
 */
export interface Finding {
  readonly id: FindingId;
  readonly severity: 'warning' | 'note';
  readonly path: string;
  readonly values: Problem['values'];
}

export type FindingId =
  | 'finding.startPast'
  | 'finding.startSoon'
  | 'finding.noExportLeft'
  | 'finding.lastDay'
  | 'finding.overwrites'
  | 'finding.nameMakesFolders'
  | 'finding.noDeduplication'
  | 'finding.tooManySegments'
  | 'finding.tooManyAttributes'
  | 'finding.sameHour'
  | 'finding.sameName'
  | 'finding.tooManyDestinations'
  | 'finding.customUploads'
  | 'finding.identityNamespaces'
  | 'finding.youngAudience'
  | 'finding.newAudience'
  | 'finding.production'
  | 'finding.modeSuperseded'
  | 'finding.modeWithoutSignIn'
  | 'finding.unknownDestination'
  | 'finding.signInMissing'
  | 'finding.signInUndocumented'
  | 'finding.modeMissing'
  | 'finding.modeUndocumented'
  | 'finding.paramMissing'
  | 'finding.paramUndocumented'
  | 'finding.formUndocumented'
  | 'finding.valueUndocumented'
  | FolderDoubt['id']
  | 'finding.segmentName'
  | 'finding.theirs'
  | 'finding.paused'
  | 'finding.twin'
  | 'finding.notChecked';

/** What a plan does not hold and somebody may know. */
interface PlanFacts {
  /** Of the list of sandboxes; without it the name decides. */
  readonly isProduction?: boolean | undefined;
  /** Dataflows to destinations in the sandbox now. */
  readonly destinationCount?: number | undefined;
  /** When segments were made, epoch milliseconds by id. */
  readonly madeMs?: ReadonlyMap<string, number | undefined> | undefined;
  /** What the destination asks for, as it publishes it: the plan has been held against it. */
  readonly forms?: Forms | undefined;
  /** How the account that is used again signs in. */
  readonly accountSignIn?: SignIn | undefined;
}

function finding(
  severity: Finding['severity'],
  id: FindingId,
  path: string,
  values: Finding['values'] = {},
): Finding {
  return { id, severity, path, values };
}

/**
 * Guardrails and schedule traps of a plan that is otherwise sound.
 *
 * @param nowMs - The moment the plan would be applied, epoch milliseconds.
 * @param facts - What else is known; without a network nothing is.
 * @see flow-service.md, sections 5.2 and 6
 */
export function planFindings(plan: Plan, nowMs: number, facts: PlanFacts = {}): Finding[] {
  const found: Finding[] = [];
  const tell = (...what: Parameters<typeof finding>): void => {
    found.push(finding(...what));
  };

  if (facts.isProduction ?? plan.sandbox === 'prod')
    tell('warning', 'finding.production', '$.sandbox', { sandbox: plan.sandbox });
  const destination = documented(plan.destination.connectionSpecId);
  if (facts.forms === undefined) found.push(...documentationFindings(plan));
  found.push(...storageFindings(plan, facts), ...folderFindings(plan, facts));
  if (plan.segments.length > limits.segmentsPerFlow.most) {
    tell('warning', 'finding.tooManySegments', '$.segments', {
      count: plan.segments.length,
      most: limits.segmentsPerFlow.most,
    });
  }
  if (plan.attributes.selected.length > limits.attributesPerFlow.most) {
    tell('warning', 'finding.tooManyAttributes', '$.attributes.selected', {
      count: plan.attributes.selected.length,
      most: limits.attributesPerFlow.most,
    });
  }

  const { destinationCount } = facts;
  if (destinationCount !== undefined && destinationCount >= limits.destinationsPerSandbox.most)
    tell('warning', 'finding.tooManyDestinations', '$.sandbox', {
      count: destinationCount,
      most: limits.destinationsPerSandbox.most,
    });
  const uploads = plan.segments.filter(isCustomUpload).length;
  if (uploads > limits.customUploads.most)
    tell('warning', 'finding.customUploads', '$.segments', {
      count: uploads,
      most: limits.customUploads.most,
    });
  const namespaces = identityNamespaces(plan);
  if (namespaces.length > limits.identityNamespaces.most)
    tell('warning', 'finding.identityNamespaces', '$.attributes.selected', {
      namespaces,
      most: limits.identityNamespaces.most,
    });

  const perHour = new Map<string, number>();
  const names = new Map<string, string>();
  plan.segments.forEach((segment, index) => {
    const base = `$.segments[${index}]`;
    const { schedule } = segment;
    const name = segment.name ?? segment.id;
    if (schedule.startTime !== undefined) {
      const startMs = utcMs(schedule.startDate, schedule.startTime);
      const hour = `${schedule.startDate} ${schedule.startTime}`;
      perHour.set(hour, (perHour.get(hour) ?? 0) + 1);
      if (nextRuns(schedule, nowMs, 1).length === 0)
        tell('warning', 'finding.noExportLeft', `${base}.schedule`, { segment: name });
      else if (startMs < nowMs)
        tell('warning', 'finding.startPast', `${base}.schedule.startDate`, { segment: name, start: hour });
      else if (startMs < nowMs + limits.leadMs.most) {
        tell('warning', 'finding.startSoon', `${base}.schedule.startTime`, { segment: name, start: hour });
      }
    }
    const last = lastExport(schedule);
    if (schedule.endDate !== undefined && last !== undefined) {
      tell('note', 'finding.lastDay', `${base}.schedule.endDate`, {
        segment: name,
        endDate: schedule.endDate,
        last: last.kind === 'at' ? utcText(last.ms).slice(0, 10) : last.day,
      });
    }
    const madeMs = facts.madeMs?.get(segment.id);
    if (madeMs !== undefined && nowMs - madeMs < limits.youngMs.most) {
      const hours = Math.floor((nowMs - madeMs) / 3_600_000);
      // "0 hours ago" is nobody's word; a clock that is behind counts as the same moment.
      if (hours < 1) tell('warning', 'finding.newAudience', base, { segment: name });
      else tell('warning', 'finding.youngAudience', base, { segment: name, hours });
    }
    const fileName = previewName(segment.filenameTemplate, {
      destinationName: destination?.name ?? '',
      segmentId: segment.id,
      segmentName: name,
      sandbox: plan.sandbox,
      flowName: plan.name,
      atMs: utcMs(schedule.startDate, schedule.startTime) || 0,
    }).toLowerCase();
    const other = names.get(fileName);
    if (other !== undefined)
      tell('warning', 'finding.sameName', `${base}.filenameTemplate`, { segment: name, other });
    else names.set(fileName, name);
    if (!hasMoment(segment.filenameTemplate) && schedule.frequency !== 'ONCE') {
      tell('warning', 'finding.overwrites', `${base}.filenameTemplate`, { segment: name });
    }
    if (makesFolders(segment.filenameTemplate, segment.name ?? ''))
      tell('warning', 'finding.nameMakesFolders', `${base}.filenameTemplate`, { segment: name });
  });
  for (const [hour, count] of perHour) {
    if (count > limits.exportsPerHour.most)
      tell('warning', 'finding.sameHour', '$.segments', { hour, count, most: limits.exportsPerHour.most });
  }
  if (plan.attributes.deduplication.length === 0)
    tell('note', 'finding.noDeduplication', '$.attributes.deduplication');
  return found;
}

/** Whether the files can get where they are meant to. @see section 4.3 */
function storageFindings(plan: Plan, { forms, accountSignIn }: PlanFacts): Finding[] {
  const { connectionSpecId, location } = plan.destination;
  const { mode } = location;
  const signIn = signInOf(plan) ?? accountSignIn;
  const path = '$.destination.location.mode';
  const modes = forms?.modes ?? documentedForms(connectionSpecId)?.modes ?? [];
  const better = mode === olderCloudStorageMode ? modeFor(connectionSpecId, modes, signIn) : undefined;
  const storage = storageOf(plan, modes);
  const wrong = signIn && storage && mismatch(signIn, storage);
  return [
    ...(better === undefined || better === mode
      ? []
      : [finding('note', 'finding.modeSuperseded', path, { mode: String(mode), better })]),
    ...(wrong
      ? [
          finding('warning', 'finding.modeWithoutSignIn', path, {
            mode: mode ?? '',
            specName: signIn.specName,
            ...wrong,
          }),
        ]
      : []),
  ];
}

/** What is hardly meant by the folder that the files are put in. */
function folderFindings(
  { destination: { connectionSpecId, location } }: Plan,
  { forms }: PlanFacts,
): Finding[] {
  const known = forms ?? documentedForms(connectionSpecId);
  const fields = formOfMode(known?.modes ?? [], location.mode)?.fields ?? [];
  return folderNames.flatMap((name) => {
    const folder = location[name];
    if (typeof folder !== 'string') return [];
    const field = fields.find((one) => one.name === name) ?? { name };
    return folderDoubts(field, folder, connectionSpecId).map(({ id, values }) =>
      finding('warning', id, `$.destination.location.${name}`, values),
    );
  });
}

/**
 * Where a plan differs from the documentation of its destination. Without a network nobody knows what the
 * platform publishes today, so it is no problem yet.
 */
function documentationFindings(plan: Plan): Finding[] {
  const { connectionSpecId } = plan.destination;
  const forms = documentedForms(connectionSpecId);
  if (!forms) return [finding('note', 'finding.unknownDestination', '$.destination.connectionSpecId')];
  const told = specProblems(plan, forms).map(({ id, path, values }) => {
    const name = path.slice(path.lastIndexOf('.') + 1);
    switch (id) {
      case 'plan.missing':
        return finding('warning', name === 'mode' ? 'finding.modeMissing' : 'finding.signInMissing', path);
      case 'auth.unknownSpec':
        return finding('warning', 'finding.signInUndocumented', path, values);
      case 'location.unknownMode':
        return finding('warning', 'finding.modeUndocumented', path, values);
      case 'auth.missingParam':
      case 'location.missingParam':
        return finding('warning', 'finding.paramMissing', path, values);
      case 'auth.unknownParam':
      case 'location.unknownParam':
        return finding('warning', 'finding.paramUndocumented', path, values);
      case 'field.pattern':
        return finding('warning', 'finding.formUndocumented', path, { name, form: values['form'] ?? '' });
      default:
        return finding('warning', 'finding.valueUndocumented', path, { name });
    }
  });
  return [...told, ...otherModeFindings(plan)];
}

/** The newer cards publish no mode, and know one; that a migrated dataflow has another is the platform's doing. */
function otherModeFindings({ flow, destination: { connectionSpecId, location } }: Plan): Finding[] {
  const { mode = newerMode } = location;
  return flow !== undefined || mode === newerMode || newerCard(connectionSpecId) === undefined
    ? []
    : [
        finding('warning', 'finding.modeUndocumented', '$.destination.location.mode', {
          mode,
          allowed: [newerMode],
        }),
      ];
}

/** An audience that somebody uploaded, not one that the platform evaluates. @see flow-service.md, section 2.8 */
const isCustomUpload = ({ namespace }: Plan['segments'][number]): boolean =>
  namespace !== undefined && namespace !== 'AEPSegments';

const identityNamespaces = (plan: Plan): string[] => [...new Set(identitiesIn(plan).map(({ code }) => code))];
