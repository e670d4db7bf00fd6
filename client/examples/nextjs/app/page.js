// The server knows who is there before the page is sent, and asks services in their name.
import { Account } from './account.js';
import { here } from '../here.js';
import { server } from '../visits.js';

export default async function Page() {
  const { user } = await here();
  return <><h1>My page</h1><Account user={user}>{user && <Devices />}</Account></>;
}

async function Devices() {
  const visit = await here();
  const answer = await visit.fetch(`${server}/api/auth/sessions/`, { cache: 'no-store' });
  const sessions = answer.ok ? await answer.json() : [];
  return <ul>{sessions.map(({ id, device }) => <li key={id}>{device}</li>)}</ul>;
}
