import { createHash } from 'node:crypto';

/** Fixed for ever: Twenty knows an entity of an app by its identifier, and drops what a new version no longer contains. */
export const identifiers = {
  role: '5bb65b9c-33ef-4265-976e-0cae9d0e1275',
  salesRole: '837ae119-cba8-40ac-ae07-90491928181c',
  functions: {
    engine: '4c3f9288-d9b1-4a1c-8a49-789d96afc3a3',
    settings: '993d2b99-094e-46da-a4ef-b80556b83b33',
    postInstall: 'b87d235e-16f7-408f-9c15-b904e29aa415',
    workflowClaim: 'ff6c8977-f818-4039-a202-51ad544f2e80',
    workflowRelease: 'dfb38f12-7bd1-4da8-bb5a-544df6b84ccc',
    workflowAssign: '441c2146-98a7-4526-b7ed-81180170784d',
    workflowLogFollowUp: 'b4f290b6-b676-49c1-9888-811481d88050',
    workflowIsClaimable: 'c0d45d61-ef28-4727-8000-83cfb3a83f0a',
    toolClaim: 'cd632dcc-bc5a-41e4-9d05-c99f14f31a3d',
    toolRelease: '86936f3b-ff32-450c-86ff-f5b4b02b4649',
    toolAssign: '8591411e-5d26-479e-be13-cad48c7a1416',
    toolLogFollowUp: '1ec27f75-fb88-4724-9083-16d804eca4b0',
    toolIsClaimable: 'f86deb54-3792-42a9-bd84-b615fed6d447',
  },
  views: {
    companiesToClaim: '3c4e5185-d77e-4a26-af57-f9a866e2c07d',
    myCompanies: 'c2cc6ba8-3993-4a48-9ee7-7cf23966fb1f',
    companiesDueSoon: 'b13c5c5b-4dbf-4c4c-93d9-13209cab2975',
    peopleToClaim: 'b2095ee7-d581-4861-b8c3-9947dd3622ba',
    myPeople: 'bd49dd5c-ebd1-46be-9f57-081cf8e35d67',
    peopleDueSoon: 'dd308803-fa33-4899-ad71-664bb1614dfe',
    companiesProtected: '04a99dfb-5f3d-47eb-81ce-516d7bfbe966',
    peopleProtected: '08b6c819-0735-49f5-9d58-e618e2ffeced',
    companiesArchived: 'a9e092ec-2a4c-460e-b99d-3ac0b0a8a6a6',
    peopleArchived: '727d1b40-f1e5-456b-9432-0810aa03633c',
    pools: '90a69ad6-616c-4d65-9a58-3fe456e1842d',
    poolMembers: 'dfc0aeaf-cc6b-47ab-9cab-b5cceb7722f2',
    rules: 'a4eef674-5472-4ade-ab63-9b55d63447fd',
    leaves: 'd21c3f01-47c9-4d37-8927-0a12c94ba873',
    history: 'f79f0229-c3dc-4022-89fe-ab24263e256f',
  },
  navigation: {
    console: '62c3e0e7-17a8-4899-b4c7-428eb071ee87',
    settings: '5e124cc6-641e-49fc-a58f-e3addbc0a649',
    dashboard: 'f23dba2c-7077-4711-a42b-9ebb833f9d49',
    folder: 'ec10f869-8f93-40dc-978d-d348b17d5acb',
    companiesToClaim: 'f7505cf0-55ea-4fe8-847d-ef60da5ace29',
    myCompanies: '79a7e719-4d36-411b-b26f-dc4eea34cb51',
    companiesDueSoon: 'da6f2d0d-2aa3-4b19-b814-39c288d2a151',
    peopleToClaim: 'f8067705-31c7-45d9-90fe-313e285fcf0c',
    myPeople: '5f7555a0-5f55-4808-9d96-348cc2e90c57',
    peopleDueSoon: '396360db-357c-4296-934e-5ae6cebf38a4',
    pools: '8522b5bf-8143-4c30-969a-86fb5d860664',
    poolMembers: '086513b2-4c85-4154-93b2-9afc46df45d7',
    history: 'e76dfe01-f87f-458b-b773-62c5dd421787',
  },
} as const;

const NAMESPACE = '757e53d9-6c2b-4046-9f25-f863a1dff877';

/**
 * The identifier of a part that has no line of its own above, such as a column of a view: a version 5 UUID of what it
 * belongs to and its name, so that a rebuild never makes a second one.
 */
export function partId(...path: string[]): string {
  const hash = createHash('sha1')
    .update(Buffer.from(NAMESPACE.replaceAll('-', ''), 'hex'))
    .update(path.join('/'))
    .digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
