import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Ajv, { type ErrorObject } from 'ajv';
import addFormats from 'ajv-formats';
import type {
  FieldDefinition,
  JobDefinition,
  ObjectDefinition,
  PluginManifestData,
  SettingDefinition,
} from './plugin-manifest.types';

/** plugin.json is missing, malformed or not what plugin.schema.json asks for. */
export class PluginManifestError extends Error {
  readonly code = 'PLUGIN_MANIFEST_INVALID';

  constructor(message: string) {
    super(message);
    this.name = 'PluginManifestError';
  }
}

/** plugin.json with the look-ups the engine needs. */
export class PluginManifest {
  constructor(readonly data: PluginManifestData) {}

  /** @throws PluginManifestError; `folder` holds plugin.json and plugin.schema.json, by default the project's root */
  static load(folder: string = findRoot()): PluginManifest {
    const data = readJson(join(folder, 'plugin.json'));
    const ajv = addFormats(new Ajv({ allErrors: true, strict: false }));
    const validate = ajv.compile<PluginManifestData>(readJson(join(folder, 'plugin.schema.json')) as object);
    if (!validate(data)) {
      throw new PluginManifestError(
        `plugin.json does not follow its schema:\n${(validate.errors ?? []).map(describe).join('\n')}`,
      );
    }
    return new PluginManifest(data);
  }

  get universalIdentifier(): string {
    return this.data.universalIdentifier;
  }

  get webhookOperations(): readonly string[] {
    return this.data.webhooks.operations;
  }

  get settings(): readonly SettingDefinition[] {
    return this.data.settings;
  }

  /** @throws PluginManifestError when plugin.json does not declare it */
  setting(key: string): SettingDefinition {
    return found(
      this.data.settings.find((setting) => setting.key === key),
      `setting ${key}`,
    );
  }

  /** @throws PluginManifestError when plugin.json does not declare it */
  object(name: string): ObjectDefinition {
    return found(
      this.data.objects.find((object) => object.name === name),
      `object ${name}`,
    );
  }

  /** Every field of customerPool except its name. */
  get poolFields(): readonly FieldDefinition[] {
    const pool = this.object('customerPool');
    return pool.fields.filter((field) => field.name !== pool.labelField);
  }

  /** @throws PluginManifestError when plugin.json does not declare it */
  poolField(name: string): FieldDefinition {
    return found(
      this.poolFields.find((field) => field.name === name),
      `customerPool.${name}`,
    );
  }

  get jobs(): readonly JobDefinition[] {
    return this.data.jobs;
  }
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new PluginManifestError(`plugin.json has no ${what}`);
  return value;
}

function describe(error: ErrorObject): string {
  return `  ${error.instancePath || '/'} ${error.message ?? 'is wrong'}`;
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new PluginManifestError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The sources and the build lie at different depths below plugin.json. */
function findRoot(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'plugin.json'))) return folder;
    if (folder === dirname(folder)) throw new PluginManifestError('plugin.json is in no folder above the engine');
  }
}
