/**
 * Fixed for ever, as those of identifiers.ts: the components that belong to no action, and the pages and tabs that show them.
 * Apart from the others, because a component's bundle contains what it imports.
 */
export const componentIds = {
  poolTabCompany: 'd6e59f26-ea35-4609-b740-e8519a08bed6',
  poolTabPerson: 'a68d9b57-1019-4d91-82eb-6280be917b27',
  console: '62625045-bf33-4ef5-9c8d-4a51ec37e41c',
  consoleClaim: '46151e27-4602-4104-9104-a9d6c75911b0',
  consoleManage: '5cfb2597-5cb4-4630-9095-6b60e98a9bcc',
  settings: 'd04a5156-f290-46eb-9612-b929ae7d2289',
  settingsTab: 'b3fb02da-dbac-4174-99de-6736d4f28ec3',
} as const;

export const pageIds = {
  companyTab: '695a93a0-25b4-498f-8737-c3cef51a8eeb',
  personTab: '7d9c256d-8dcd-4c16-b978-fa72ad74df82',
  console: '3ff7efab-ad72-4417-ac96-055e9112c106',
  consoleClaim: 'c18f09ff-d66c-4677-8016-c389a8041963',
  consoleManage: '9e5448cb-8fd1-40b7-9910-de7bbe988a6f',
  settings: 'f110ad58-149a-423d-be61-9fb4545e932e',
  dashboard: '8b18a247-2c1c-491e-b077-a3b367618f6c',
} as const;
