import { sign } from 'jsonwebtoken';
import { generateKeyPairSync } from 'node:crypto';
import { SystemTimeClock } from '../../config/clock';
import {
  data,
  DEFAULT,
  type FakeAnswer,
  type FakeRequest,
  type FakeTwenty,
  graphqlFailure,
  startFakeTwenty,
} from '../../../test/support/fake-twenty';
import { type TwentyLayer, twentyLayer } from '../../../test/support/twenty-layer';
import { PluginManifest } from '../../config/plugin-manifest';
import { Introspection } from './introspection.service';
import { ObjectIds } from '../records/object-ids.service';
import { EngineTime } from './twenty-clock';
import { Workspace } from '../records/workspace.service';

const interactive = { priority: 'interactive' } as const;
const claims = { sub: 'app-1', applicationId: 'app-1', workspaceId: 'ws-1', userId: 'u1', type: 'APPLICATION_ACCESS' };
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const tokenOf = (payload: object, expiresIn = 1800): string =>
  sign(payload, privateKey, { expiresIn, algorithm: 'ES256' });
const person = (fields: Record<string, unknown> = {}) => ({
  currentUser: {
    id: 'u1',
    email: 'anna@a.example',
    locale: 'en',
    workspaceMember: { id: 'm1', locale: 'zh-CN', timeZone: 'system' },
    currentUserWorkspace: { id: 'uw1', permissionFlags: ['ROLES', 'WORKSPACE'] },
    ...fields,
  },
  currentWorkspace: { id: 'ws-1' },
});

describe('identities', () => {
  let fake: FakeTwenty;
  let layer: TwentyLayer;

  const given = async (
    answer: (request: FakeRequest) => FakeAnswer,
    env: Record<string, string | undefined> = {},
  ): Promise<void> => {
    fake = await startFakeTwenty(answer);
    layer = twentyLayer(fake.url, env);
  };
  const whoIs = (token: string) =>
    new Introspection(layer.client, new EngineTime(new SystemTimeClock()), new ObjectIds(layer.client)).whoIs(
      token,
      interactive,
    );
  const describeWorkspace = () => new Workspace(layer.auth, layer.client, PluginManifest.load()).describe(interactive);

  afterEach(async () => {
    await layer.close();
    await fake.close();
  });

  describe('Introspection', () => {
    it('should say who the caller is, asking with their token', async () => {
      await given(() => data(person()));
      const token = tokenOf(claims);
      expect(await whoIs(token)).toEqual({
        userId: 'u1',
        memberId: 'm1',
        email: 'anna@a.example',
        locale: 'zh-CN',
        timeZone: null,
        workspaceId: 'ws-1',
        applicationId: 'app-1',
        isWorkspaceAdmin: true,
        records: { read: ['COMPANY', 'PERSON'], change: ['COMPANY', 'PERSON'] },
        expiresAt: expect.any(Number),
      });
      expect(fake.requests).toMatchObject([{ path: '/metadata', token }]);
    });

    it('should not take a member for an admin', async () => {
      await given(() => data(person({ currentUserWorkspace: { id: 'uw1', permissionFlags: ['UPLOAD_FILE'] } })));
      expect(await whoIs(tokenOf(claims))).toMatchObject({ isWorkspaceAdmin: false });
      await layer.close();
      await fake.close();
      await given(() => data(person({ currentUserWorkspace: null })));
      expect(await whoIs(tokenOf(claims))).toMatchObject({ isWorkspaceAdmin: false });
    });

    it.each([
      [
        'may only look',
        [
          { canReadObjectRecords: true, canUpdateObjectRecords: false },
          { canReadObjectRecords: true, canUpdateObjectRecords: false },
        ],
        { read: ['COMPANY', 'PERSON'], change: [] },
      ],
      [
        'may not see people',
        [
          { canReadObjectRecords: true, canUpdateObjectRecords: true },
          { canReadObjectRecords: false, canUpdateObjectRecords: true },
        ],
        { read: ['COMPANY'], change: ['COMPANY'] },
      ],
      [
        'may not read every field',
        [
          { restrictedFields: { f1: { canRead: null, canUpdate: false } } },
          { restrictedFields: { f2: { canRead: false } } },
        ],
        { read: ['COMPANY', 'PERSON'], change: ['COMPANY', 'PERSON'], hidesFields: true },
      ],
      [
        'may not change every field',
        [{ restrictedFields: { f1: { canRead: true, canUpdate: false } } }, { restrictedFields: null }],
        { read: ['COMPANY', 'PERSON'], change: ['COMPANY', 'PERSON'] },
      ],
    ])('should say what the role of somebody who %s allows', async (_, [company, person_], records) => {
      const objects = [
        ['o1', 'company'],
        ['o2', 'person'],
        ['o3', 'opportunity'],
      ].map(([id, nameSingular]) => ({ node: { id, nameSingular } }));
      const objectsPermissions = [
        { objectMetadataId: 'o1', ...company },
        { objectMetadataId: 'o2', ...person_ },
        { objectMetadataId: 'o3', canReadObjectRecords: false },
      ];
      await given(({ query, path }) => {
        if (path === '/oauth/token') return DEFAULT;
        if (query.includes('ReadObjectIds'))
          return data({ objects: { edges: objects, pageInfo: { endCursor: null, hasNextPage: false } } });
        return data(person({ currentUserWorkspace: { id: 'uw1', permissionFlags: [], objectsPermissions } }));
      });
      expect(await whoIs(tokenOf(claims))).toHaveProperty('records', records);
    });

    it('should know an application without a person once Twenty has answered its token', async () => {
      await given(() => data({ currentWorkspace: { id: 'ws-1' } }));
      const token = tokenOf({ sub: 'app-1', workspaceId: 'ws-1', type: 'APPLICATION_ACCESS' });
      expect(await whoIs(token)).toEqual({
        memberId: null,
        workspaceId: 'ws-1',
        applicationId: 'app-1',
        expiresAt: expect.any(Number),
      });
      expect(fake.requests).toMatchObject([{ path: '/metadata', token }]);
      expect(fake.requests[0]?.query).not.toContain('currentUser');
    });

    it('should believe nothing of an application whose token Twenty does not accept', async () => {
      await given(() => graphqlFailure('UNAUTHENTICATED', 'Token invalid.', { subCode: 'UNAUTHENTICATED' }));
      await expect(
        whoIs(tokenOf({ sub: 'app-1', workspaceId: 'ws-1', type: 'APPLICATION_ACCESS' })),
      ).rejects.toMatchObject({ kind: 'UNAUTHENTICATED' });
    });

    it.each([['nonsense'], [''], ['a.b.c'], ['a.b\r\nx-evil: 1.c'], ['x'.repeat(5000)]])(
      'should refuse %j without asking Twenty',
      async (token) => {
        await given(() => data(person()));
        await expect(whoIs(token)).rejects.toMatchObject({ kind: 'UNAUTHENTICATED', code: 'TOKEN_MALFORMED' });
        expect(fake.requests).toHaveLength(0);
      },
    );

    it('should refuse an expired token without asking Twenty', async () => {
      await given(() => data(person()));
      await expect(whoIs(tokenOf(claims, -1))).rejects.toMatchObject({
        kind: 'UNAUTHENTICATED',
        code: 'TOKEN_EXPIRED',
      });
      expect(fake.requests).toHaveLength(0);
    });

    it.each([
      [
        'a forged token',
        graphqlFailure('UNAUTHENTICATED', 'Token invalid.', { subCode: 'UNAUTHENTICATED' }),
        'UNAUTHENTICATED',
      ],
      ['an API key', graphqlFailure('FORBIDDEN', 'Forbidden resource'), 'NO_MEMBER'],
      ['a user who is no member', data(person({ workspaceMember: null })), 'NO_MEMBER'],
    ])('should refuse %s', async (_, answer, code) => {
      await given(() => answer);
      await expect(whoIs(tokenOf(claims))).rejects.toMatchObject({ kind: 'UNAUTHENTICATED', code });
    });
  });

  describe('Workspace', () => {
    it("should know the workspace and the app from the engine's own token", async () => {
      await given(() => ({
        json: {
          access_token: tokenOf({ sub: 'app-1', workspaceId: 'ws-1', type: 'APPLICATION_ACCESS' }),
          expires_in: 1800,
        },
      }));
      expect(await describeWorkspace()).toEqual({ workspaceId: 'ws-1', applicationId: 'app-1' });
      expect(fake.requests).toHaveLength(0);
    });

    it('should ask when an API key does not say it', async () => {
      await given(
        ({ query }) =>
          query.includes('currentWorkspace')
            ? data({ currentWorkspace: { id: 'ws-2' } })
            : data({ findOneApplication: { id: 'app-2' } }),
        { TWENTY_CLIENT_ID: undefined, TWENTY_CLIENT_SECRET: undefined, TWENTY_API_KEY: 'opaque-api-key' },
      );
      expect(await describeWorkspace()).toEqual({ workspaceId: 'ws-2', applicationId: 'app-2' });
    });

    it('should do without the application when the API key may not see it', async () => {
      await given(
        ({ query }) =>
          query.includes('currentWorkspace')
            ? data({ currentWorkspace: { id: 'ws-3' } })
            : graphqlFailure('INTERNAL_SERVER_ERROR', 'Entity performing the request does not have permission'),
        {
          TWENTY_CLIENT_ID: undefined,
          TWENTY_CLIENT_SECRET: undefined,
          TWENTY_API_KEY: tokenOf({ sub: 'ws-3', workspaceId: 'ws-3', type: 'API_KEY' }),
        },
      );
      expect(await describeWorkspace()).toEqual({ workspaceId: 'ws-3', applicationId: null });
    });
  });
});
