process.stderr.write(
  'usage: npm run --silent sim -- SCENARIO.json [--json] [--seed N] [--set path=value]… [--trace FILE]\n',
);
process.exitCode = 2;
