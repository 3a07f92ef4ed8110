/** With a capital and without hyphens, as a name stands on a card: "editor" is "Editor", "server-1" is "Server 1". */
export const asName = (name: string): string => {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};
