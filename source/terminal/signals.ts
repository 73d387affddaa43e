type HandledSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGCONT';

type SignalHandlers = {
  readonly [Signal in HandledSignal]?: (() => void) | undefined;
};

/** The part of `process` that is needed. */
type SignalSource = {
  readonly on: (event: string, listener: () => void) => unknown;
  readonly off: (event: string, listener: () => void) => unknown;
};

const signals: readonly HandledSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGCONT'];

/**
Calls back on signals, until the returned function is called.

A handler takes the signal over: the process then goes on until somebody ends it. After a dropped
connection SIGHUP may never come; what must survive is saved before, at each step.
*/
export function handleSignals(handlers: SignalHandlers, source: SignalSource = process): () => void {
  const installed = signals.flatMap((signal) => {
    const handler = handlers[signal];
    return handler === undefined ? [] : [{ signal, handler }];
  });
  for (const { signal, handler } of installed) {
    source.on(signal, handler);
  }
  return () => {
    for (const { signal, handler } of installed) {
      source.off(signal, handler);
    }
  };
}

/** The part of `process.stdin` or `process.stdout` that is needed. */
type ClosableStream = {
  readonly on: (event: string, listener: (error?: unknown) => void) => unknown;
  readonly off: (event: string, listener: (error?: unknown) => void) => unknown;
};

/**
Calls back once when the terminal is gone: input ended, or reading or writing failed (EIO, EPIPE).
From then on further errors of these streams are swallowed, until the returned function is called.
*/
export function watchHangUp(streams: readonly ClosableStream[], onHangUp: () => void): () => void {
  let isOver = false;
  const over = (): void => {
    if (!isOver) {
      isOver = true;
      onHangUp();
    }
  };
  const events = ['end', 'close', 'error'];
  for (const stream of streams) {
    for (const event of events) {
      stream.on(event, over);
    }
  }
  return () => {
    for (const stream of streams) {
      for (const event of events) {
        stream.off(event, over);
      }
    }
  };
}
