import { defineCommandMenuItem, everyEquals, isSelectAll, selectedRecords } from '../platform/sdk';
import { commandManifest } from '../plugin/command-manifest';

export default defineCommandMenuItem({
  ...commandManifest('claim', 'person'),
  // "Select all" hands over no records: the button stays, and says to select rows instead.
  conditionalAvailabilityExpression: isSelectAll || everyEquals(selectedRecords, 'poolStatus', 'POOLED'),
});
