import { Component, type ReactNode } from 'react';

interface State {
  error: Error | null;
}

/** Whatever goes wrong while drawing: the page says so, and how to go on. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <main style={{ maxWidth: '60ch', margin: '10vh auto', padding: '0 20px' }}>
        <h1>Hopscope stopped drawing</h1>
        <p>This is an error of the program. Your scenario is still in the address bar.</p>
        <pre style={{ whiteSpace: 'pre-wrap' }}>{error.message}</pre>
        <p>
          <button type="button" onClick={() => this.setState({ error: null })}>
            Try again
          </button>{' '}
          <button type="button" onClick={startOver}>
            Start over with the race
          </button>
        </p>
      </main>
    );
  }
}

function startOver(): void {
  history.replaceState(null, '', '#/play');
  location.reload();
}
