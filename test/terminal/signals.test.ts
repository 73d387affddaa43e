import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { handleSignals, watchHangUp } from '../../source/terminal/signals.ts';

describe('handleSignals', () => {
  it('calls back for the signals that have a handler, until it is disposed of', () => {
    const source = new EventEmitter();
    const stopped = vi.fn<() => void>();
    const continued = vi.fn<() => void>();
    const dispose = handleSignals({ SIGINT: stopped, SIGCONT: continued }, source);
    source.emit('SIGINT');
    source.emit('SIGCONT');
    source.emit('SIGHUP');
    expect(stopped).toHaveBeenCalledOnce();
    expect(continued).toHaveBeenCalledOnce();
    expect(source.eventNames()).toEqual(['SIGINT', 'SIGCONT']);
    dispose();
    expect(source.eventNames()).toEqual([]);
  });
});

describe('watchHangUp', () => {
  it.each(['end', 'close', 'error'])('calls back once on %s, whatever follows', (event) => {
    const [stdin, stdout] = [new EventEmitter(), new EventEmitter()];
    const gone = vi.fn<() => void>();
    const dispose = watchHangUp([stdin, stdout], gone);
    stdin.emit(event, new Error('EIO'));
    stdout.emit('error', new Error('EPIPE'));
    expect(gone).toHaveBeenCalledOnce();
    dispose();
    expect(stdin.eventNames()).toEqual([]);
  });
});
