import type { Plugin } from 'vite';

/**
 * A plug-in for Vite that puts the links to style sheets at the end of the page's body. In the head they would hold back
 * every paint; here what stands above them is painted at once. Module scripts wait for them nevertheless (HTML standard,
 * "has a style sheet that is blocking scripts"), so that nothing is ever drawn without its style.
 */
export function unblocked(): Plugin {
  return {
    name: 'hopscope:unblocked',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        const links = html.match(/^ *<link rel="stylesheet"[^>]*>\n/gm) ?? [];
        const rest = links.reduce((text, link) => text.replace(link, ''), html);
        return rest.replace(/^ *<\/body>/m, (end) => `${links.join('')}${end}`);
      },
    },
  };
}
