import type { Controller } from './controller.ts';

/** Larger files are no scenarios; they are not even read. */
const MOST_BYTES = 4_000_000;

/** Takes what is pasted or dropped onto the page: a scenario's text or file, or a link. Returns how to stop that. */
export function takeIn(controller: Controller): () => void {
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    const inField = event.target instanceof Element && event.target.matches('input, textarea');
    if (inField || text.trim() === '') return;
    event.preventDefault();
    takeText(controller, text);
  };
  const over = (event: DragEvent) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  };
  const drop = async (event: DragEvent) => {
    const file = event.dataTransfer?.files[0];
    if (file === undefined) return;
    event.preventDefault();
    if (file.size <= MOST_BYTES) controller.openText(await file.text(), file.name);
    else controller.refuse(`${file.name}: expected a scenario, got ${file.size} bytes.`, file.name);
  };
  window.addEventListener('paste', paste);
  window.addEventListener('dragover', over);
  window.addEventListener('drop', drop);
  return () => {
    window.removeEventListener('paste', paste);
    window.removeEventListener('dragover', over);
    window.removeEventListener('drop', drop);
  };
}

function takeText(controller: Controller, text: string): void {
  const link = /^\S*(#\/play\?\S+)$/.exec(text.trim());
  if (link?.[1] !== undefined) location.hash = link[1];
  else if (/^\s*\{/.test(text)) controller.openText(text, 'The pasted text');
}
