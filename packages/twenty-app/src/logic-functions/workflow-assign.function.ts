import { defineLogicFunction } from 'twenty-sdk/define';
import { workflowAction } from '../automations/automation-manifest';

export default defineLogicFunction(workflowAction('assign'));
