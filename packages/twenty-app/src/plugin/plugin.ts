import json from '../../../../plugin.json';
import type { ExtendedObject, Plugin, PluginAction, PluginField, PluginObject } from './plugin.types';

// A contract test holds plugin.json to plugin.schema.json; the compiler widens the literals of a JSON module, so they are narrowed here once.
export const plugin = json as unknown as Plugin;

export function pluginObject(name: string): PluginObject {
  const found = plugin.objects.find((object) => object.name === name);
  if (!found) throw new Error(`plugin.json has no object "${name}"`);
  return found;
}

export function pluginAction(name: string): PluginAction {
  const found = plugin.actions.find((action) => action.name === name);
  if (!found) throw new Error(`plugin.json has no action "${name}"`);
  return found;
}

/** Fields that the plugin itself adds to an object, its own or Twenty's. */
export function pluginFields(object: string): PluginField[] {
  const own =
    plugin.objects.find(({ name }) => name === object) ??
    plugin.extends.find((extension) => extension.object === object);
  return own?.fields ?? [];
}

export function fieldId(object: ExtendedObject | string, name: string): string {
  const found = pluginFields(object).find((field) => field.name === name);
  if (!found) throw new Error(`plugin.json has no field "${object}.${name}"`);
  return found.universalIdentifier;
}
