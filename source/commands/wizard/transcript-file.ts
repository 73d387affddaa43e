import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { makeFolder } from '../../ground/make-folder.ts';
import { utcText } from '../../activation/content/schedule.ts';
import type { ApplyEvent, ApplyStep } from '../../apply/events.ts';
import { oneLine } from '../../components/text/clean.ts';
import { inMarkdown } from '../../components/text/markdown.ts';
import { explain, type Scene } from '../../locale/explain.ts';
import { type Ending, sceneOf } from '../../pages/services.ts';
import { reportLines } from '../../pages/ending/report-text.ts';
import { type Telling, transcriptOf } from './transcript.ts';
import type { WizardState } from '../../wizard/reducer.ts';
import { transcriptFolder } from './transcripts.ts';
import { visibleLines } from '../console/visible.ts';

/** What was asked and answered in a guided session, in Markdown, without secrets; a line as soon as it is known. */
export interface Transcript {
  /** The wizard is now here. */
  note(state: WizardState): void;
  /** The same events, each noted as it comes by. */
  following(events: AsyncIterable<ApplyEvent>): AsyncGenerator<ApplyEvent>;
  /** The last lines. @returns what to tell the person: the file, or why there is none. */
  ended(ending: Ending): string;
}

/** Begins a transcript; a folder that cannot be written costs the transcript, never the work. */
export function keepTranscript(stateFolder: string, telling: Telling): Transcript {
  const { text } = telling;
  const at = utcText(Date.now());
  const name = `${at.replaceAll(/[: ]/g, '-')}-${process.pid}.md`;
  const file = path.join(transcriptFolder(stateFolder), name);
  let failure: string | undefined;
  let before: WizardState | undefined;

  function write(said: string): void {
    if (failure !== undefined) return;
    try {
      makeFolder(path.dirname(file));
      // What a plan brings along must not hide or turn anything here either.
      appendFileSync(file, `${visibleLines(said)}\n`, { mode: 0o600 });
    } catch (error) {
      failure = error instanceof Error && 'code' in error ? String(error.code) : '';
    }
  }

  write(`# ${text('transcript.title', { at })}\n`);
  return {
    note(state) {
      const said = transcriptOf(before, state, telling);
      before = state;
      if (said !== undefined) write(said);
    },
    async *following(events) {
      for await (const event of events) {
        const said = toldOf(event, telling, before);
        if (said !== undefined) write(said);
        yield event;
      }
    },
    ended(ending) {
      write(['', ...ending.lines.map((one) => one.trim())].join('\n'));
      return failure === undefined
        ? text('transcript.kept', { file })
        : text('transcript.notKept', { why: failure });
    },
  };
}

type Stepped = Pick<Extract<ApplyEvent, { step: ApplyStep }>, 'step'>;

/** What a transcript says of an apply. */
function toldOf(event: ApplyEvent, words: Telling, state: WizardState | undefined): string | undefined {
  const { text, glyphs } = words;
  const step = ({ step: name }: Stepped): string => text(`apply.${name}`);
  const labelled = (one: Stepped, value: string): string =>
    text('text.labelled', { label: step(one), value });
  switch (event.kind) {
    case 'succeeded':
      return `- ${glyphs.check} ${event.id === undefined ? step(event) : labelled(event, event.id)}`;
    case 'failed': {
      const { what, why, next } = explain(text, event.error, whereOf(words, state));
      return `- ${glyphs.cross} ${labelled(event, inMarkdown(oneLine(`${what} ${why} ${next}`)))}`;
    }
    case 'result':
      return event.report
        ? [
            '',
            ...reportLines(words, event.report, event.flowId).map((line) => `    ${oneLine(line)}`),
            '',
          ].join('\n')
        : undefined;
    default:
      return undefined;
  }
}

/** Where an error happened. */
function whereOf({ text, services }: Telling, state: WizardState | undefined): Scene {
  const { organisation } = services;
  return state ? sceneOf(state, organisation, text) : { host: organisation.host, sandbox: '' };
}
