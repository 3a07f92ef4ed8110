/** As a sentence or a title begins. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** With a capital and without hyphens, as a name stands on a card: "editor" is "Editor", "server-1" is "Server 1". */
export const asName = (name: string): string => capital(name.replaceAll('-', ' '));
