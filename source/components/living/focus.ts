import { createContext, useContext, useState, useSyncExternalStore } from 'react';

/** Whether anybody can be looking. A terminal that does not say counts as looked at. */
export interface FocusReport {
  isFocused(): boolean;
  /** Tells of changes until the returned function is called. */
  watch(listener: () => void): () => void;
}

const always: FocusReport = { isFocused: () => true, watch: () => () => undefined };

export const FocusContext = createContext<FocusReport>(always);

/** Whether the terminal is in focus; the terminal is asked for it only while somebody wants to know. */
export function useIsFocused(): boolean {
  const { watch, isFocused } = useContext(FocusContext);
  return useSyncExternalStore(watch, isFocused);
}

/** A value as it was last in focus: what nobody sees is not drawn. */
export function useSeen<Value>(value: Value): Value {
  const isFocused = useIsFocused();
  const [seen, setSeen] = useState(value);
  if (isFocused && seen !== value) setSeen(value);
  return isFocused ? value : seen;
}
