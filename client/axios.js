// For Axios 1.7 or newer: its requests go by the rules of the client's own `fetch`. The token goes to the server and to the
// client's `origins`, a refused one is renewed and the request sent once more, and a proof is asked for where one is needed.
import { getAdapter } from 'axios';

// Returns what `instance.interceptors.request.eject` takes.
export function authorize(instance, accounts) {
  // Who sends a failed request again by its `error.config` has ours in it.
  const ours = new WeakSet();
  return instance.interceptors.request.use(config => {
    if (!ours.has(config.adapter)) {
      config.adapter = throughClient(instance, accounts, config.adapter);
      ours.add(config.adapter);
    }
    return config;
  });
}

// The client says what carries a token and, by the answer, whether to send again; Axios sends, as it would by itself.
const throughClient = (instance, accounts, adapter) => async config => {
  const [send, address, own] = [getAdapter(adapter, config), instance.getUri(config), config.headers.get('Authorization')];
  let last;
  await accounts.fetch(address, { method: config.method }, async ({ headers }) => {
    config.headers.set('Authorization', headers.get('Authorization') ?? own);
    last = await send(config).then(response => ({ response }), error => ({ error, response: error.response }));
    if (!last.response) throw last.error;
    return webAnswer(last.response, address);
  });
  if (last.error) throw last.error;
  return last.response;
};

// What the client looks at: of the body, that of a refusal alone, and no stream, which is read once.
function webAnswer({ status, headers, data }, address) {
  const isRefusal = status === 401 || status === 403;
  const answer = new Response(isRefusal && !data?.getReader ? data : null, {
    status, headers: { 'WWW-Authenticate': headers.get('WWW-Authenticate') ?? '' },
  });
  return Object.defineProperty(answer, 'url', { value: new URL(address, globalThis.location?.href).href });
}
