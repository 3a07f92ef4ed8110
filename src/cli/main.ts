import { commandLine, STATUS } from './command-line.ts';
import { reasonOf } from './source.ts';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that has seen enough, such as head, closes the pipe: that is no error.
  if (error.code === 'EPIPE') return;
  process.exitCode = STATUS.refused;
  process.stderr.write(`standard output: cannot be written (${reasonOf(error)})\n`);
});

const { status, output, error } = await commandLine(process.argv.slice(2), () => process.stdin);
process.exitCode = status;
process.stderr.write(error);
process.stdout.write(output);
