/** Size of a frame in another page, as it is offered. */
const FRAME = { width: 960, height: 600 };

/** Code of a frame for another page. @param link the address of what it is to show @param name what that is called */
export function frameCode(link: string, name: string): string {
  const address = new URL(link);
  address.hash = address.hash.replace(/^#\/play/, '#/embed');
  const attributes = [
    `src="${escapeAttribute(address.href)}"`,
    `title="${escapeAttribute(`${name} · Hopscope`)}"`,
    `width="${FRAME.width}"`,
    `height="${FRAME.height}"`,
    'style="border:0;max-width:100%"',
    'allow="clipboard-write; fullscreen"',
    'loading="lazy"',
  ];
  return `<iframe ${attributes.join(' ')}></iframe>`;
}

const escapeAttribute = (text: string) =>
  text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
