/**
 * An error boundary catches what a view throws while rendering, so that a fault in one view leaves
 * the others intact. It says what happened and offers to try again.
 */
import { Component, type ErrorInfo as ReactErrorInfo, type ReactNode } from 'react';
import { toErrorInfo } from '../../electron/contract/errors.ts';
import { Button } from '../widgets/Button.tsx';
import { ErrorBox } from '../widgets/ErrorBox.tsx';

interface Props {
  name: string;
  /** A new key tries again, for instance when a person goes to another view. */
  resetKey: string;
  children: ReactNode;
}

interface State {
  error: unknown;
  hasFailed: boolean;
  resetKey: string;
}

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null, hasFailed: false, resetKey: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error, hasFailed: true };
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.resetKey === state.resetKey ? null : { error: null, hasFailed: false, resetKey: props.resetKey };
  }

  override componentDidCatch(error: unknown, info: ReactErrorInfo) {
    console.error(error, info.componentStack);
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children;
    const error = toErrorInfo(this.state.error);
    const message = `${this.props.name} could not be drawn. The other views still work. ${error.message}`;
    return (
      <div className="app__fault">
        <ErrorBox
          error={{ ...error, message }}
          actions={<Button onClick={() => this.setState({ error: null, hasFailed: false })}>Try again</Button>}
        />
      </div>
    );
  }
}
