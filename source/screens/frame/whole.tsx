import { Component, type ReactNode } from 'react';
import { isMissingPart } from '../../locale/missing-part.ts';

interface WholeProps {
  /** Called once a part of the program that a page needs is not there any more. */
  readonly onMissing: () => void;
  readonly children: ReactNode;
}

/** Pages that are read late, as long as they are there. Any other error is a bug, and goes on. */
export class Whole extends Component<WholeProps, { readonly error?: unknown }> {
  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override state: { readonly error?: unknown } = {};

  override componentDidCatch(error: unknown): void {
    if (isMissingPart(error)) this.props.onMissing();
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    if (!isMissingPart(error)) throw error;
    return null;
  }
}
