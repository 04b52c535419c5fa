import 'reflect-metadata';
import { Logger } from 'nestjs-pino';
import { EngineConfig } from './config/engine-config';
import { createApp } from './create-app';

async function main(): Promise<void> {
  const app = await createApp();
  const { port, host } = app.get(EngineConfig);
  await app.listen(port, host);
  app.get(Logger).log(`Listening on ${await app.getUrl()}`);
}

main().catch((error: unknown) => {
  // The logger may not exist yet; configuration errors name variables, never values.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
