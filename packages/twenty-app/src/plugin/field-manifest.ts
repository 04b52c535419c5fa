import { FieldType, OnDeleteAction, RelationType, type defineField, type defineObject } from '../platform/sdk';
import { standardObjectId } from '../platform/standard-ids';
import { bilingual } from './bilingual';
import { plugin, pluginFields, pluginObject } from './plugin';
import type { PluginField, RelationField } from './plugin.types';

type AddedField = Parameters<typeof defineField>[0];
type ObjectConfig = Parameters<typeof defineObject>[0];
type ObjectField = ObjectConfig['fields'][number];

/** Universal identifier of any object, the plugin's or Twenty's. */
export function objectId(name: string): string {
  const id = standardObjectId(name) ?? plugin.objects.find((object) => object.name === name)?.universalIdentifier;
  if (!id) throw new Error(`No object "${name}" in Twenty or in plugin.json`);
  return id;
}

/** One plugin field as the SDK declares it. Texts get Twenty's own quotes: a SELECT default is an SQL literal there. */
function toObjectField(field: PluginField): ObjectField {
  const base = {
    universalIdentifier: field.universalIdentifier,
    name: field.name,
    label: field.label.en,
    ...(field.description && { description: field.description.en }),
    ...(field.icon && { icon: field.icon }),
    ...(field.unique && { isUnique: true }),
    ...(field.readOnly && { isUIEditable: false }),
    isNullable: true as const,
  };
  switch (field.type) {
    case 'TEXT':
      return { ...base, type: FieldType.TEXT };
    case 'DATE':
      return { ...base, type: FieldType.DATE };
    case 'DATE_TIME':
      return { ...base, type: FieldType.DATE_TIME };
    case 'RAW_JSON':
      return { ...base, type: FieldType.RAW_JSON };
    case 'NUMBER':
      return { ...base, type: FieldType.NUMBER, ...(field.default !== undefined && { defaultValue: field.default }) };
    case 'BOOLEAN':
      return { ...base, type: FieldType.BOOLEAN, defaultValue: field.default };
    case 'ARRAY':
      // Not quoted, unlike a SELECT default, whatever the build warns: some servers would keep the quotes in the items.
      return { ...base, type: FieldType.ARRAY, ...(field.default && { defaultValue: field.default }) };
    case 'SELECT':
      return {
        ...base,
        type: FieldType.SELECT,
        options: field.options.map(({ value, label, color }, position) => ({
          value,
          label: bilingual(label),
          color: color ?? 'gray',
          position,
        })),
        ...(field.default && { defaultValue: `'${field.default}'` }),
      };
    case 'RELATION':
      return {
        ...base,
        type: FieldType.RELATION,
        relationTargetObjectMetadataUniversalIdentifier: objectId(field.relation.target),
        relationTargetFieldMetadataUniversalIdentifier: field.relation.inverse.universalIdentifier,
        universalSettings: {
          relationType: RelationType.MANY_TO_ONE,
          onDelete: field.relation.onDelete === 'CASCADE' ? OnDeleteAction.CASCADE : OnDeleteAction.SET_NULL,
          joinColumnName: `${field.name}Id`,
        },
      };
  }
}

function toInverse(source: string, { universalIdentifier, relation: { inverse } }: RelationField): ObjectField {
  return {
    universalIdentifier: inverse.universalIdentifier,
    name: inverse.name,
    label: inverse.label.en,
    ...(inverse.icon && { icon: inverse.icon }),
    isNullable: true,
    type: FieldType.RELATION,
    relationTargetObjectMetadataUniversalIdentifier: objectId(source),
    relationTargetFieldMetadataUniversalIdentifier: universalIdentifier,
    universalSettings: { relationType: RelationType.ONE_TO_MANY },
  };
}

/** Relations of plugin.json that point at `target`, each with the object it starts from. */
function relationsTo(target: string): { source: string; field: RelationField }[] {
  const sources = [...plugin.objects.map(({ name }) => name), ...plugin.extends.map(({ object }) => object)];
  return sources.flatMap((source) =>
    pluginFields(source).flatMap((field) =>
      field.type === 'RELATION' && field.relation.target === target ? [{ source, field }] : [],
    ),
  );
}

/** Everything the plugin puts on an object: its declared fields and the far ends of relations to it. */
export function allFields(object: string): ObjectField[] {
  return [
    ...pluginFields(object).map(toObjectField),
    ...relationsTo(object).map(({ source, field }) => toInverse(source, field)),
  ];
}

/** One field added to an object of Twenty. */
export function addedField(object: string, name: string): AddedField {
  const field = allFields(object).find((candidate) => candidate.name === name);
  if (!field) throw new Error(`plugin.json adds no field "${object}.${name}"`);
  return { ...field, objectUniversalIdentifier: objectId(object) };
}

/** One of the plugin's own objects. */
export function objectManifest(name: string): ObjectConfig {
  const object = pluginObject(name);
  const labelField = object.fields.find((field) => field.name === object.labelField);
  if (!labelField) throw new Error(`plugin.json: "${name}" has no label field "${object.labelField}"`);
  return {
    universalIdentifier: object.universalIdentifier,
    nameSingular: object.name,
    namePlural: object.namePlural,
    labelSingular: object.label.en,
    labelPlural: object.labelPlural.en,
    description: object.description.en,
    icon: object.icon,
    labelIdentifierFieldMetadataUniversalIdentifier: labelField.universalIdentifier,
    fields: allFields(name),
  };
}
