import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { type ValidationError, validateSync } from 'class-validator';
import { EngineConfig } from './engine-config';
import { envVariablesOf } from './env-variable.decorator';

/** The environment cannot be used. The message names variables and what they should be, never their values. */
export class ConfigError extends Error {
  readonly code = 'CONFIG_INVALID';

  constructor(readonly problems: { name: string; problem: string }[]) {
    super(`Configuration cannot be used:\n${problems.map(({ name, problem }) => `  ${name} ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/**
 * Empty variables count as absent.
 * @throws ConfigError naming every variable that is missing or wrong
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): EngineConfig {
  const properties = envVariablesOf(EngineConfig.prototype);
  const plain: Record<string, string> = {};
  for (const { name, property, default: preset } of properties) {
    const value = env[name]?.trim() || preset;
    if (value !== null) plain[property] = value;
  }
  const config = plainToInstance(EngineConfig, plain);
  const problems = validateSync(config).map((error) => ({
    name: properties.find(({ property }) => property === error.property)?.name ?? error.property,
    problem: problemOf(error),
  }));
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** class-validator's sentences start with the property's name, which means nothing to who sets the environment. */
function problemOf(error: ValidationError): string {
  return Object.values(error.constraints ?? {})
    .map((sentence) =>
      sentence.startsWith(`${error.property} `) ? sentence.slice(error.property.length + 1) : sentence,
    )
    .join('; ');
}
