// An OpenID provider that is not ours: npm's oidc-provider, which insists on PKCE. Arguments: port, client id, client
// secret, redirect addresses. Prints "ready" and runs until its standard input closes. Whoever comes is signed in and
// agrees at once: the account is named by the login_hint.
import { Provider } from 'oidc-provider';

const [port, client_id, client_secret, ...redirect_uris] = process.argv.slice(2);

const provider = new Provider(`http://localhost:${port}`, {
  clients: [{ client_id, client_secret, redirect_uris, token_endpoint_auth_method: 'client_secret_post' }],
  pkce: { required: () => true, methods: ['S256'] },
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'given_name', 'family_name'] },
  features: { devInteractions: { enabled: false } },
  cookies: { keys: ['a key of the tests'] },
  findAccount: (_, sub) => ({
    accountId: sub,
    claims: () => ({ sub, email: `${sub}@example.test`, email_verified: true, given_name: 'Olga', family_name: sub }),
  }),
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
});

provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith('/interaction/')) return next();
  const { prompt, params } = await provider.interactionDetails(ctx.req, ctx.res);
  const result = prompt.name === 'login' ? { login: { accountId: params.login_hint } } : { consent: { grantId: await grant(params) } };
  await provider.interactionFinished(ctx.req, ctx.res, result, { mergeWithLastSubmission: true });
});

async function grant(params) {
  const given = new provider.Grant({ accountId: params.login_hint, clientId: params.client_id });
  given.addOIDCScope(params.scope);
  return given.save();
}

provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
process.stdin.resume().on('end', () => process.exit());
