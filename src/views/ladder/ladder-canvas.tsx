import { useEffect, useLayoutEffect, useReducer, useRef } from 'react';
import type { Size } from '../use-size.ts';
import styles from './ladder.module.css';
import type { Frame } from './layout.ts';
import { paintFrame, type Style } from './paint.ts';

/** The picture itself: thousands of lines are a canvas's business. Drawn whenever it is rendered. */
export function LadderCanvas({ frame, size, style }: { frame: Frame; size: Size; style: Style }) {
  const ref = useRef<HTMLCanvasElement>(null);
  const [, redraw] = useReducer((times: number) => times + 1, 0);
  // Words drawn before the faces have been loaded would stay in the fallback's.
  useEffect(() => {
    document.fonts?.ready.then(redraw);
  }, []);
  useLayoutEffect(() => {
    const canvas = ref.current;
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return;
    const ratio = Math.min(3, window.devicePixelRatio || 1);
    const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paintFrame(context, frame, style);
  });
  return <canvas ref={ref} className={styles.canvas} style={size} />;
}
