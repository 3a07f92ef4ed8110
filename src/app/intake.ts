/** Larger files are no scenarios; they are not even read. */
const MOST_BYTES = 4_000_000;

/** Whoever opens what is pasted or dropped. */
export interface Taker {
  openText(text: string, from: string): void;
  refuse(message: string, text: string): void;
}

/** Takes what is pasted or dropped onto the page: a scenario's text or file, or a link. Returns how to stop that. */
export function takeIn(taker: Taker): () => void {
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    const inField = event.target instanceof Element && event.target.matches('input, textarea');
    if (inField || text.trim() === '') return;
    event.preventDefault();
    takeText(taker, text);
  };
  const over = (event: DragEvent) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  };
  const drop = async (event: DragEvent) => {
    const file = event.dataTransfer?.files[0];
    if (file === undefined) return;
    event.preventDefault();
    if (file.size <= MOST_BYTES) taker.openText(await file.text(), file.name);
    else taker.refuse(`${file.name}: expected a scenario, got ${file.size} bytes.`, file.name);
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

/** A link, the code of a frame, or a scenario; anything else is refused in one sentence. */
function takeText(taker: Taker, text: string): void {
  const hash = addressIn(text);
  if (hash !== null) location.hash = hash;
  else if (/^\s*[{[]/.test(text)) taker.openText(text, 'The pasted text');
  else {
    const expected =
      'a link to a moment (…#/play?…) or a comparison, the code of a frame, or a scenario as JSON';
    taker.refuse(`The pasted text: expected ${expected}.`, text);
  }
}

/** The fragment of a link, or of a frame's code, as a page of its own has it; null: there is none. */
function addressIn(text: string): string | null {
  const compared = /^\S*(#\/compare\?\S+)$/.exec(text.trim());
  if (compared?.[1] !== undefined) return compared[1];
  const link = /^\S*#\/(?:play|embed)\?(\S+)$/.exec(text.trim());
  const frame = /^<iframe\b[^>]*\bsrc="[^"]*#\/embed\?([^"]+)"/.exec(text.trim());
  const query = link?.[1] ?? frame?.[1]?.replaceAll('&amp;', '&');
  if (query === undefined) return null;
  const fields = query.split('&').filter((field) => !FRAME_ONLY.test(field));
  return `#/play?${fields.join('&')}`;
}

/** What only means something within another page. */
const FRAME_ONLY = /^(theme|controls|autoplay)=/;
