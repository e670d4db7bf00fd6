// A page in Vue that uses all that the adapter has.
import { createApp, defineComponent, h } from 'vue';
import { createAccounts } from '@accounts/client';
import { accountsPlugin, SignedIn, SignedOut, useAccounts } from '@accounts/client/vue';

const Home = defineComponent(() => {
  const { accounts, user, arrival, failure, retry } = useAccounts();
  const name = (): string | undefined => user.value?.username ?? arrival.value?.next ?? failure.value?.detail;
  return () => h('button', { onClick: failure.value ? retry : () => accounts.logout() }, name());
});

const App = () => [
  h(SignedIn, null, { default: () => [h(Home)], fallback: () => [h('p', 'Sign in')], waiting: () => [h('p', 'One moment')] }),
  h(SignedOut, null, { default: () => [h('p', 'Welcome')] }),
];

const accounts = createAccounts({ baseUrl: 'https://accounts.example.com' });
createApp(App).use(accountsPlugin, { accounts, initial: null }).mount('#app');
