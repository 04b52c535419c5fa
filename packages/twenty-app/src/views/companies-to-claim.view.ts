import { defineView } from '../platform/sdk';
import { identifiers } from '../identifiers';
import { toClaimView } from '../plugin/view-manifest';

export default defineView(
  toClaimView({ universalIdentifier: identifiers.views.companiesToClaim, object: 'company', position: 0 }),
);
