// Runs beside every file of tests while it is measured: tells which places it and each of its tests came by.
import { AsyncLocalStorage } from 'node:async_hooks';
import { afterAll, aroundEach } from 'vitest';

declare module 'vitest' {
  interface TaskMeta {
    places?: string[];
  }
}

declare global {
  var ferryPlaces: Set<string> | undefined;
}

const current = new AsyncLocalStorage<Set<string>>();

/** Of whichever test is running there; several may at once. */
class Places extends Set<string> {
  override add(place: string): this {
    const places = current.getStore();
    if (!places) return super.add(place);
    places.add(place);
    return this;
  }
}

globalThis.ferryPlaces = new Places();

aroundEach(async (runTest, { task }) => {
  const places = new Set<string>();
  await current.run(places, runTest);
  task.meta.places = [...places];
});

// The first argument has to be taken apart, even where nothing of it is wanted.
afterAll(({}, file) => {
  file.meta.places = [...(globalThis.ferryPlaces ?? [])];
});
