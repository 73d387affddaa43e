/**
 * What a rule says when something is wrong: an id, never a sentence. `locale/` has the words.
 *
 * `path` is a JSON path into the plan document (`$.segments[0].schedule.endDate`).
 */
export interface Problem {
  readonly id: ProblemId;
  readonly path: string;
  readonly values: Readonly<Record<string, string | number>>;
}

export type ProblemId =
  | 'plan.notJson'
  | 'plan.notAnObject'
  | 'plan.version'
  | 'plan.unknownKey'
  | 'plan.missing'
  | 'plan.wrongType'
  | 'plan.notOneOf'
  | 'plan.notUuid'
  | 'plan.empty'
  | 'plan.tooLong'
  | 'plan.sandboxName'
  | 'plan.secretReference'
  | 'destination.newerCard'
  | 'destination.migrated'
  | 'destination.notOffered'
  | 'auth.unknownSpec'
  | 'auth.missingParam'
  | 'auth.unknownParam'
  | 'auth.secretInClear'
  | 'auth.withAccount'
  | 'field.required'
  | 'field.pattern'
  | 'field.notOneOf'
  | 'field.notANumber'
  | 'field.tooShort'
  | 'field.tooLong'
  | 'field.notBase64'
  | 'field.controlCharacters'
  | 'field.privateKey'
  | 'location.unknownMode'
  | 'location.missingParam'
  | 'location.unknownParam'
  | 'segments.none'
  | 'segments.duplicate'
  | 'schedule.frequencyNotForMode'
  | 'schedule.triggerNotForMode'
  | 'schedule.notADate'
  | 'schedule.notATime'
  | 'schedule.minutesNotZero'
  | 'schedule.startTimeMissing'
  | 'schedule.startTimeNotAllowed'
  | 'schedule.endDateNotAllowed'
  | 'schedule.endNotAfterStart'
  | 'template.empty'
  | 'template.macroMissing'
  | 'template.unknownMacro'
  | 'template.datetimeFormat'
  | 'template.oneMoment'
  | 'template.repeatedMacro'
  | 'template.characters'
  | 'template.tooLong'
  | 'attributes.none'
  | 'attributes.duplicate'
  | 'attributes.badPath'
  | 'attributes.mandatoryNotSelected'
  | 'attributes.mandatoryDuplicate'
  | 'attributes.keyNotSelected'
  | 'attributes.keyDuplicate'
  | 'attributes.keysTooMany'
  | 'attributes.keysMixed';

/** Makes a problem; short because rules make many. */
export function problem(id: ProblemId, path: string, values: Record<string, string | number> = {}): Problem {
  return { id, path, values };
}
