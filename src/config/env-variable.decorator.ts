import 'reflect-metadata';

/** What the configuration table says about one environment variable. */
export interface ConfigVariable {
  name: string;
  /** As it would be written in the environment; null when there is none. */
  default: string | null;
  description: string;
  /** Its value is never printed. */
  secret: boolean;
}

interface EnvVariableOptions {
  default?: string | number | boolean;
  description: string;
  secret?: boolean;
}

export interface EnvProperty extends ConfigVariable {
  property: string;
}

const METADATA_KEY = Symbol('highseas:env-variables');

/** Binds a property of the config class to an environment variable and documents it. */
export function EnvVariable(name: string, options: EnvVariableOptions): PropertyDecorator {
  return (prototype, property) => {
    const variable: EnvProperty = {
      name,
      property: String(property),
      default: options.default === undefined ? null : String(options.default),
      description: options.description,
      secret: options.secret ?? false,
    };
    Reflect.defineMetadata(METADATA_KEY, [...envVariablesOf(prototype), variable], prototype);
  };
}

export function envVariablesOf(prototype: object): EnvProperty[] {
  return (Reflect.getMetadata(METADATA_KEY, prototype) as EnvProperty[] | undefined) ?? [];
}
