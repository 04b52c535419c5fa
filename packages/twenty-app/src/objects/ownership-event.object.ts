import { defineObject } from '../platform/sdk';
import { objectManifest } from '../plugin/field-manifest';

export default defineObject(objectManifest('ownershipEvent'));
