import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { utcText } from '../activation/schedule.ts';
import type { ApplyEvent } from '../apply/events.ts';
import { explain } from '../locale/explain.ts';
import type { Ending } from '../screens/services.ts';
import type { Words } from '../screens/options.ts';
import { reportLines } from '../screens/report-text.ts';
import { type Telling, transcriptOf } from '../screens/transcript.ts';
import type { WizardState } from '../wizard/reducer.ts';

/** What was asked and answered in a guided session, in Markdown, without secrets; a line as soon as it is known. */
export interface Transcript {
  /** The wizard is now here. */
  note(state: WizardState): void;
  /** The same events, each noted as it comes by. */
  following(events: AsyncIterable<ApplyEvent>): AsyncGenerator<ApplyEvent>;
  /** The last lines. @returns what to tell the person: the file, or why there is none. */
  ended(ending: Ending, words: Words): string;
}

/** Begins a transcript; a folder that cannot be written costs the transcript, never the work. */
export function keepTranscript(stateFolder: string, telling: Telling): Transcript {
  const { text } = telling;
  const at = utcText(Date.now());
  const name = `${at.replaceAll(/[: ]/g, '-')}-${process.pid}.md`;
  const file = path.join(stateFolder, 'transcripts', name);
  let failure: string | undefined;
  let before: WizardState | undefined;

  function write(said: string): void {
    if (failure !== undefined) return;
    try {
      mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
      appendFileSync(file, `${said}\n`, { mode: 0o600 });
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
        const said = toldOf(event, telling);
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

/** What a transcript says of an apply. */
function toldOf(event: ApplyEvent, words: Words): string | undefined {
  const { text, glyphs } = words;
  switch (event.kind) {
    case 'succeeded':
      return `- ${glyphs.check} ${text(`apply.${event.step}`)}${event.id === undefined ? '' : `: ${event.id}`}`;
    case 'failed': {
      const { what, why, next } = explain(text, event.error, { host: '', sandbox: '' });
      return `- ${glyphs.cross} ${text(`apply.${event.step}`)}: ${what} ${why} ${next}`;
    }
    case 'result':
      return event.report
        ? ['', ...reportLines(words, event.report, event.flowId).map((line) => `    ${line}`), ''].join('\n')
        : undefined;
    default:
      return undefined;
  }
}
