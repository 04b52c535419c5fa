import { defineLogicFunction } from 'twenty-sdk/define';
import { aiTool } from '../automations/automation-manifest';

export default defineLogicFunction(aiTool('logFollowUp'));
