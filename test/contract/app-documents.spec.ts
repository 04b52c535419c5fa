import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, isEnumType, parse, validate } from 'graphql';
import * as automationDocuments from '../../packages/twenty-app/src/automations/automation-documents';
import * as documents from '../../packages/twenty-app/src/engine/documents';
import { REFUSAL_CODES } from '../../packages/twenty-app/src/domain/engine.types';
import { tooLarge } from '../../src/api/graphql/document-size';
import { describeWithRecordings, recordedSchema } from '../support/recorded-twenty';

describe('documents that the app sends to the engine', () => {
  const schema = buildSchema(readFileSync(join(__dirname, '../../src/api/schema.graphql'), 'utf8'));

  it.each(Object.entries({ ...documents, ...automationDocuments }))(
    '%s should be one that the engine understands',
    (_, document) => {
      expect(validate(schema, parse(document)).map(({ message }) => message)).toEqual([]);
      expect(tooLarge(parse(document))).toBeNull();
    },
  );

  it('the refusals the app has words for should be those of the engine', () => {
    const type = schema.getType('RefusalCode');

    expect(
      isEnumType(type)
        ? type
            .getValues()
            .map(({ name }) => name)
            .sort()
        : [],
    ).toEqual([...REFUSAL_CODES].sort());
  });
});

describeWithRecordings('documents that the app sends to Twenty', () => {
  it.each([
    ['core', 'actions/ensure-default-pool.ts'],
    ['core', 'engine/members-source.ts'],
    ['core', 'automations/automation-engine.ts'],
    ['core', 'settings/twenty-records.ts'],
    ['metadata', 'settings/twenty-variables.ts'],
    ['metadata', 'engine/form-component.ts'],
    ['metadata', 'engine/open-console.ts'],
  ] as const)('those of the %s API in %s should be ones that Twenty 2.21 understands', (endpoint, file) => {
    const source = readFileSync(join(__dirname, '../../packages/twenty-app/src', file), 'utf8');
    const found = [...source.matchAll(/'((?:query|mutation) \w+.*?|\{ \w+ \{.*?)'[,); ]/g)].map(
      ([, text]) => text ?? '',
    );

    expect(found.length).toBeGreaterThan(0);
    for (const text of found)
      expect(validate(recordedSchema(endpoint), parse(text)).map(({ message }) => message)).toEqual([]);
  });
});
