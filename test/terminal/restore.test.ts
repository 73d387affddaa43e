import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { reclaimTerminal, restoreTerminal } from '../../source/terminal/restore.ts';
import { freshFolder } from '../helpers/folders.ts';

function terminal() {
  return {
    stdout: { isTTY: true, write: vi.fn<(text: string) => void>() },
    stdin: { isTTY: true, setRawMode: vi.fn<(isRaw: boolean) => void>() },
  };
}

describe('restoreTerminal', () => {
  it('gives back echo, cursor, paste and mouse mode', () => {
    const { stdout, stdin } = terminal();
    restoreTerminal(stdout, stdin);
    expect(stdin.setRawMode.mock.calls).toEqual([[false]]);
    const written = stdout.write.mock.calls.join('');
    for (const sequence of ['?25h', '?2004l', '?1000l', '?1006l', '?1004l', '?2026l']) {
      expect(written).toContain(`\u001B[${sequence}`);
    }
    expect(written).not.toContain('?1049l');
  });

  it('does the same when it is called again', () => {
    const { stdout, stdin } = terminal();
    restoreTerminal(stdout, stdin);
    restoreTerminal(stdout, stdin);
    expect(stdout.write.mock.calls[0]).toEqual(stdout.write.mock.calls[1]);
  });

  it('leaves the alternate screen only when asked to', () => {
    const { stdout, stdin } = terminal();
    restoreTerminal(stdout, stdin, { isAlternateScreen: true });
    expect(stdout.write.mock.calls.join('')).toContain('\u001B[?1049l');
  });

  it('writes nothing where there is no terminal', () => {
    const { stdout, stdin } = terminal();
    restoreTerminal({ ...stdout, isTTY: false }, { ...stdin, isTTY: false });
    expect(stdout.write).not.toHaveBeenCalled();
    expect(stdin.setRawMode).not.toHaveBeenCalled();
  });

  it('has written before it returns when it knows the file', () => {
    const folder = freshFolder();
    const fd = openSync(join(folder, 'out'), 'w');
    restoreTerminal({ isTTY: true, fd, write: vi.fn<() => void>() }, {});
    closeSync(fd);
    expect(readFileSync(join(folder, 'out'), 'utf8')).toContain('\u001B[?25h');
  });

  it('is quiet when the terminal is gone', () => {
    const gone = (): never => {
      throw new Error('EIO');
    };
    expect(() =>
      restoreTerminal({ isTTY: true, write: gone }, { isTTY: true, setRawMode: gone }),
    ).not.toThrow();
    expect(() => restoreTerminal({ isTTY: true, fd: -1, write: gone }, {})).not.toThrow();
  });
});

describe('reclaimTerminal', () => {
  it('turns raw mode off and on, since it is believed to be on, and listens for pastes again', () => {
    const { stdout, stdin } = terminal();
    reclaimTerminal(stdout, stdin);
    expect(stdin.setRawMode.mock.calls).toEqual([[false], [true]]);
    expect(stdout.write.mock.calls.join('')).toContain('\u001B[?2004h');
  });
});
