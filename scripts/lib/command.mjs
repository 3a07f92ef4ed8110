import { ensureInstalled } from './setup.mjs';

/** Installs what is missing, then runs a command; what goes wrong becomes one line and an exit status, not a stack. */
export async function command(work, { failureStatus = 1 } = {}) {
  try {
    await ensureInstalled();
    await work();
  } catch (error) {
    process.stderr.write(`${process.env.DEBUG ? error.stack : told(error)}\n`);
    process.exitCode = failureStatus;
  }
}

function told({ message, code }) {
  if (code !== 'MODULE_NOT_FOUND' && code !== 'ERR_MODULE_NOT_FOUND') return message;
  return `${message.split('\n')[0]} (delete the folder node_modules and try again: it is not whole)`;
}
