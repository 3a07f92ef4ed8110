import { ensureInstalled } from './setup.mjs';

/** Installs what is missing, then runs a command; what goes wrong becomes one line and an exit status, not a stack. */
export async function command(work, { failureStatus = 1 } = {}) {
  try {
    await ensureInstalled();
    await work();
  } catch (error) {
    process.stderr.write(`${process.env.DEBUG ? error.stack : error.message}\n`);
    process.exitCode = failureStatus;
  }
}
