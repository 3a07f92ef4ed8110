import { type ComponentType, useEffect, useState } from 'react';
import styles from './parts.module.css';

/** A component whose code comes when it is wanted. */
export interface LazyView<P> {
  View: ComponentType<P>;
  /** Fetches the code ahead of its use. Whether that worked is seen when it is used. */
  prepare(): Promise<void>;
}

let open = () => {};
/** Code that comes later waits for this, so that it takes nothing from what the first picture needs. */
export const lazyViewsOpen = new Promise<void>((resolve) => {
  open = resolve;
});

/** From now on views are loaded when they are wanted: the first run is there, or somebody is at work already. */
export const openLazyViews = (): void => open();

/**
 * Makes a component of one that is loaded when it is first shown. Until then its place stays empty: the container gives
 * it its size, so nothing jumps. React's own `lazy` never tries a second time; this one does.
 */
export function lazyView<P extends object>(load: () => Promise<ComponentType<P>>): LazyView<P> {
  let loaded: ComponentType<P> | null = null;
  let loading: Promise<void> | null = null;
  const fetch = () => {
    loading ??= lazyViewsOpen.then(load).then(
      (view) => {
        loaded = view;
      },
      (error: unknown) => {
        loading = null;
        throw error;
      },
    );
    return loading;
  };
  const View = (props: P) => {
    const [state, setState] = useState<'there' | 'coming' | 'failed'>(loaded === null ? 'coming' : 'there');
    useEffect(() => {
      if (state !== 'coming') return;
      let wanted = true;
      fetch().then(
        () => wanted && setState('there'),
        () => wanted && setState('failed'),
      );
      return () => {
        wanted = false;
      };
    }, [state]);
    if (loaded !== null) {
      const Loaded = loaded;
      return <Loaded {...props} />;
    }
    return state === 'failed' ? <Failed onRetry={() => setState('coming')} /> : <span hidden data-coming />;
  };
  return { View, prepare: () => fetch().catch(() => {}) };
}

function Failed({ onRetry }: { onRetry(): void }) {
  return (
    <p className={styles.failed} role="alert">
      This view could not be loaded: the network is away, or Hopscope was renewed meanwhile.{' '}
      <button type="button" onClick={onRetry}>
        Try again
      </button>
    </p>
  );
}
