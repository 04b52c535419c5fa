#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { startSandbox } from './sandbox';

const HELP = `Usage: highseas-twenty-sandbox [options]
  --port <number>      port to listen on (default: a free one)
  --host <address>     address to listen on (default: 127.0.0.1)
  --manifest <file>    built app manifest to install
  --no-sample          start without sample records
  --seed <number>      another sample workspace
  --latency <ms>       delay of every answer
  --rate <number>      rate tokens a minute for the app (default 500, 0: no limit)
  --json               print one line of JSON when ready
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      manifest: { type: 'string' },
      'no-sample': { type: 'boolean' },
      seed: { type: 'string' },
      latency: { type: 'string' },
      rate: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const sandbox = await startSandbox({
    ...(values.port !== undefined && { port: Number(values.port) }),
    ...(values.host !== undefined && { host: values.host }),
    ...(values.manifest !== undefined && { manifest: values.manifest }),
    ...(values.seed !== undefined && { seed: Number(values.seed) }),
    ...(values.latency !== undefined && { latencyMs: Number(values.latency) }),
    ...(values.rate !== undefined && { apiRatePerMinute: Number(values.rate) }),
    sample: values['no-sample'] !== true,
  });
  const { url, credentials, members } = sandbox;
  if (values.json) process.stdout.write(`${JSON.stringify({ url, credentials, members })}\n`);
  else
    process.stderr.write(
      `Twenty sandbox on ${url}, ${members.length} members; client id ${credentials.clientId || '(no app installed)'}\n`,
    );
  const stop = (): void => {
    void sandbox.close().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
