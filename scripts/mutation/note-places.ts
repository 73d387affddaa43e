// Runs beside every file of tests while it is measured: tells which places it came by.
import { afterAll } from 'vitest';

declare module 'vitest' {
  interface TaskMeta {
    places?: string[];
  }
}

declare global {
  var ferryPlaces: Set<string> | undefined;
}

// The first argument has to be taken apart, even where nothing of it is wanted.
// oxlint-disable-next-line no-empty-pattern
afterAll(({}, file) => {
  file.meta.places = [...(globalThis.ferryPlaces ?? [])];
});
