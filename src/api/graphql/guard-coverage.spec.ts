import { GUARDS_METADATA, MODULE_METADATA } from '@nestjs/common/constants';
import { buildSchema, isObjectType } from 'graphql';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiModule } from '../api.module';
import { MemberGuard } from '../auth/member.guard';

type ResolverClass = { name: string; prototype: object };

/** Metadata of `@Resolver()` and of `@Query()`, `@Mutation()`, `@ResolveField()`, as @nestjs/graphql keeps them. */
const RESOLVER_TYPE = 'graphql:resolver_type';
const RESOLVER_NAME = 'graphql:resolver_name';

const files = readdirSync(__dirname).filter((name) => name.endsWith('.resolver.ts'));
const resolvers = files.flatMap((file) => {
  const exported = Object.values(require(join(__dirname, file)) as Record<string, unknown>);
  return exported.filter((one): one is ResolverClass => typeof one === 'function');
});

interface Handler {
  resolver: string;
  method: string;
  /** Query, Mutation or the type whose field it is. */
  type: string;
  field: string;
  guards: unknown[];
}

const handlers = resolvers.flatMap((resolver): Handler[] =>
  Object.getOwnPropertyNames(resolver.prototype).flatMap((method) => {
    const handler: unknown = Object.getOwnPropertyDescriptor(resolver.prototype, method)?.value;
    if (typeof handler !== 'function' || !Reflect.hasMetadata(RESOLVER_TYPE, handler)) return [];
    const guards = [resolver, handler].flatMap(
      (target) => (Reflect.getMetadata(GUARDS_METADATA, target) as unknown[] | undefined) ?? [],
    );
    const named = Reflect.getMetadata(RESOLVER_NAME, handler) as string | undefined;
    const declared = Reflect.getMetadata(RESOLVER_TYPE, handler) as string | undefined;
    const type =
      declared === 'Query' || declared === 'Mutation' ? declared : String(Reflect.getMetadata(RESOLVER_NAME, resolver));
    return [{ resolver: resolver.name, method, type, field: named ?? method, guards }];
  }),
);

describe('guard coverage', () => {
  it('should look at every resolver that the API has', () => {
    const provided = (Reflect.getMetadata(MODULE_METADATA.PROVIDERS, ApiModule) as ResolverClass[]).filter(
      (one) => Reflect.hasMetadata(RESOLVER_TYPE, one) || Reflect.hasMetadata(RESOLVER_NAME, one),
    );
    expect(resolvers.map(({ name }) => name).sort()).toEqual(provided.map(({ name }) => name).sort());
    expect(resolvers).not.toHaveLength(0);
  });

  it('should find a handler for every query and every mutation of the schema', () => {
    const schema = buildSchema(readFileSync(join(__dirname, '../schema.graphql'), 'utf8'));
    const fields = ['Query', 'Mutation'].flatMap((name) => {
      const type = schema.getType(name);
      return isObjectType(type) ? Object.keys(type.getFields()).map((field) => `${name}.${field}`) : [];
    });
    const handled = handlers
      .filter(({ type }) => type === 'Query' || type === 'Mutation')
      .map(({ type, field }) => `${type}.${field}`);
    expect(handled.sort()).toEqual(fields.sort());
  });

  it.each(handlers.map((handler): [string, Handler] => [`${handler.resolver}.${handler.method}`, handler]))(
    'should have %s behind MemberGuard',
    (_, { guards }) => {
      expect(guards).toContain(MemberGuard);
    },
  );
});
