import type { FieldMeta, ObjectMeta } from './metadata.types';
import { standardObjects } from './standard-objects';

/** The data model of one workspace. `version` moves with every change, so that what is derived from it can be rebuilt. */
export class MetadataRegistry {
  private readonly byName = new Map<string, ObjectMeta>();
  version = 0;

  constructor() {
    for (const object of standardObjects()) this.byName.set(object.nameSingular, object);
  }

  objects(): ObjectMeta[] {
    return [...this.byName.values()];
  }

  find(nameSingular: string): ObjectMeta | undefined {
    return this.byName.get(nameSingular);
  }

  get(nameSingular: string): ObjectMeta {
    const object = this.byName.get(nameSingular);
    if (!object) throw new Error(`Unknown object ${nameSingular}`);
    return object;
  }

  findByUniversalIdentifier(universalIdentifier: string): ObjectMeta | undefined {
    return this.objects().find((object) => object.universalIdentifier === universalIdentifier);
  }

  findField(universalIdentifier: string): { object: ObjectMeta; field: FieldMeta } | undefined {
    for (const object of this.byName.values()) {
      for (const field of object.fields.values()) {
        if (field.universalIdentifier === universalIdentifier) return { object, field };
      }
    }
    return undefined;
  }

  addObject(object: ObjectMeta): void {
    this.byName.set(object.nameSingular, object);
    this.version += 1;
  }

  removeObject(nameSingular: string): void {
    this.byName.delete(nameSingular);
    this.version += 1;
  }

  addField(nameSingular: string, field: FieldMeta): void {
    this.get(nameSingular).fields.set(field.name, field);
    this.version += 1;
  }

  removeField(nameSingular: string, fieldName: string): void {
    this.get(nameSingular).fields.delete(fieldName);
    this.version += 1;
  }
}

/** Key under which a record holds the field, or undefined for a field that has no column. */
export function columnOf(field: FieldMeta): string | undefined {
  if (field.type !== 'RELATION') return field.name;
  return field.relation?.joinColumn;
}
