/**
 * Ends this process when the npm that started it is gone. npm runs a script through a shell, and a common one
 * (dash) dies of a signal without passing it on: a server would stay behind and keep its port.
 */
export function endWithParent() {
  if (!process.env.npm_lifecycle_event) return; // started by hand: then its shell may leave, and the server stay
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(0);
  }, 500).unref();
}
