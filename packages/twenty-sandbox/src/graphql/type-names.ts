import type { FieldMeta, ObjectMeta } from '../metadata/metadata.types';

export function pascal(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

export function enumName(object: ObjectMeta, field: FieldMeta): string {
  return `${pascal(object.nameSingular)}${pascal(field.name)}Enum`;
}

/** Root field names of one object. */
export function operationNames(object: ObjectMeta) {
  const one = pascal(object.nameSingular);
  const many = pascal(object.namePlural);
  return {
    findMany: object.namePlural,
    findOne: object.nameSingular,
    groupBy: `${object.namePlural}GroupBy`,
    createMany: `create${many}`,
    createOne: `create${one}`,
    updateOne: `update${one}`,
    updateMany: `update${many}`,
    deleteOne: `delete${one}`,
    deleteMany: `delete${many}`,
    destroyOne: `destroy${one}`,
    destroyMany: `destroy${many}`,
    restoreOne: `restore${one}`,
    restoreMany: `restore${many}`,
  };
}
