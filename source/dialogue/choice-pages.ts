import {
  preferredSandbox,
  sandboxOptions,
  signInOptions,
  standInSandboxes,
  welcomeOptions,
} from '../screens/options.ts';
import {
  exportModeOptions,
  frequencyOptions,
  locationOptions,
  platformOptions,
  triggerOptions,
} from '../screens/options.ts';
import {
  anew,
  type Offered,
  offeredAccounts,
  offeredDestinations,
  offeredSources,
} from '../screens/offered-rows.ts';
import { scopeOf } from '../screens/scope.ts';
import type { Answer } from '../wizard/reducer.ts';
import type { ChoiceOption } from '../components/choice/choice.tsx';
import { askOne } from './ask-one.ts';
import { type Dialogue, happened, type Turn, turnOf } from './dialogue.ts';
import { fetched } from './fetched.ts';

/** A choice of one whose answer goes to the wizard. */
async function choose<Value extends string>(
  dialogue: Dialogue,
  options: readonly ChoiceOption<Value>[],
  preferred: Value | undefined,
  answerOf: (value: Value) => Answer | undefined,
): Promise<Turn> {
  for (;;) {
    const reply = await askOne(dialogue, options, preferred);
    if (reply.kind !== 'value') return turnOf(reply);
    if (reply.value === '') continue;
    const answer = answerOf(reply.value);
    if (answer) return happened({ type: 'answered', answer });
  }
}

/** One of what the platform holds. */
function chooseOffered<Chosen>(
  dialogue: Dialogue,
  { rows, answerOf }: Offered<Chosen>,
  preferred: string | undefined,
  toAnswer: (chosen: Chosen) => Answer | undefined,
): Promise<Turn> {
  const options = rows.map(({ id, label, cells = [] }) => ({ value: id, label, hint: cells.join(', ') }));
  return choose(dialogue, options, preferred, (id) => toAnswer(answerOf(id)));
}

export async function welcomePage(dialogue: Dialogue): Promise<Turn> {
  const { offers, now } = dialogue.services;
  const options = welcomeOptions(dialogue, offers, now());
  const reply = await askOne(dialogue, options, options[0]?.value);
  if (reply.kind !== 'value') return turnOf(reply);
  const [kind, which = ''] = reply.value.split(' ');
  const saved = kind === 'draft' ? offers.drafts[Number(which)] : undefined;
  if (kind === 'run')
    return { kind: 'ended', ending: { kind: 'left', exitCode: 0, lines: [], resume: which } };
  return happened(saved ? { type: 'restored', saved } : { type: 'begun' });
}

export function platformPage(dialogue: Dialogue): Promise<Turn> {
  const { state, services } = dialogue;
  const { organisation } = services;
  const preferred = organisation.missing.length === 0 ? 'organisation' : 'emulator';
  return choose(
    dialogue,
    platformOptions(dialogue, organisation),
    state.draft.platform ?? preferred,
    (value) => ({ of: 'platform', value }),
  );
}

export async function sandboxPage(dialogue: Dialogue): Promise<Turn> {
  const { state, services, text } = dialogue;
  const { organisation } = services;
  const given = state.draft.platform === 'organisation' ? organisation.sandbox : undefined;
  const sandboxes = await fetched(dialogue, 'sandboxes', (error) => standInSandboxes(error, given, text));
  if (sandboxes.kind !== 'value') return turnOf(sandboxes);
  const preferred = state.draft.sandbox?.name ?? preferredSandbox(sandboxes.value, organisation.sandbox);
  return choose(dialogue, sandboxOptions(dialogue, sandboxes.value), preferred, (name) => ({
    of: 'sandbox',
    value: {
      name,
      isProduction: sandboxes.value.find((one) => one.name === name)?.isProduction ?? false,
    },
  }));
}

export async function destinationPage(dialogue: Dialogue): Promise<Turn> {
  const offered = await fetched(dialogue, 'destinations');
  if (offered.kind !== 'value') return turnOf(offered);
  const { destination } = dialogue.state.draft;
  return chooseOffered(
    dialogue,
    offeredDestinations(offered.value),
    destination?.connectionSpecId,
    (value) => value && { of: 'destination', value },
  );
}

export function accountPage(dialogue: Dialogue): Promise<Turn> {
  const { destination, account } = dialogue.state.draft;
  return chooseOffered(
    dialogue,
    offeredAccounts(destination, dialogue.text),
    account?.id ?? anew,
    (value) => ({ of: 'account', value }),
  );
}

export async function sourcePage(dialogue: Dialogue): Promise<Turn> {
  const offered = await fetched(dialogue, 'sources');
  if (offered.kind !== 'value') return turnOf(offered);
  const { source } = dialogue.state.draft;
  return chooseOffered(
    dialogue,
    offeredSources(offered.value, dialogue.text),
    source?.sourceConnectionId ?? source?.baseConnectionId ?? anew,
    (value) => ({ of: 'source', value }),
  );
}

export function signInPage(dialogue: Dialogue): Promise<Turn> {
  const { destination, signIn } = dialogue.state.draft;
  if (destination?.standsIn?.auth === true) dialogue.io.say(dialogue.text('standsIn.note'));
  return choose(dialogue, signInOptions(dialogue.text, destination), signIn.specName, (value) => ({
    of: 'signIn',
    value,
  }));
}

export function locationPage(dialogue: Dialogue): Promise<Turn> {
  const { destination, location } = dialogue.state.draft;
  if (destination?.standsIn?.location === true) dialogue.io.say(dialogue.text('standsIn.note'));
  return choose(
    dialogue,
    locationOptions(dialogue, destination),
    location.mode ?? destination?.defaultMode,
    (value) => ({ of: 'location', value }),
  );
}

export function exportModeEditor(dialogue: Dialogue): Promise<Turn> {
  const { settings } = scopeOf(dialogue.state, dialogue.text);
  return choose(dialogue, exportModeOptions(dialogue.text), settings[0]?.exportMode, (value) => ({
    of: 'exportModeEditor',
    value,
  }));
}

export function frequencyEditor(dialogue: Dialogue): Promise<Turn> {
  const { settings } = scopeOf(dialogue.state, dialogue.text);
  const options = frequencyOptions(dialogue.text, settings);
  return choose(dialogue, options, settings[0]?.schedule.frequency, (value) => ({
    of: 'frequencyEditor',
    value,
  }));
}

export function triggerEditor(dialogue: Dialogue): Promise<Turn> {
  const { settings } = scopeOf(dialogue.state, dialogue.text);
  const preferred = settings[0]?.schedule.triggerType ?? 'SCHEDULED';
  return choose(dialogue, triggerOptions(dialogue.text, settings), preferred, (value) => ({
    of: 'triggerEditor',
    value,
  }));
}
