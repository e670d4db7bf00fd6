// A page in Vue: who is signed in, a form for who is not, and what a sign-in asks for besides.
import { computed, createApp, shallowRef } from 'vue';
import { createAccounts } from '@accounts/client';
import { accountsPlugin, useAccounts } from '@accounts/client/vue';

const accounts = createAccounts({ baseUrl: 'http://localhost:8000' });

const SignIn = {
  setup() {
    const { arrival, failure } = useAccounts();
    const [done, error, providers] = [shallowRef(), shallowRef(), shallowRef([])];
    const keep = problem => { error.value = problem; };
    accounts.social.providers().then(found => { providers.value = found; }, keep);

    const step = computed(() => [done.value, arrival.value].find(came => came?.step));
    const mailed = computed(() => done.value?.message && 'We have sent you a mail');
    const said = computed(() => error.value?.detail ?? failure.value?.detail ?? mailed.value ?? step.value?.step ?? 'Nobody is signed in');

    // Calls the client with what the form has, and keeps what comes of it.
    const send = act => async event => {
      error.value = undefined;
      await act(Object.fromEntries(new FormData(event.target)), event.submitter.value).then(came => { done.value = came; }, keep);
    };
    const enter = send((fields, act) => accounts[act](fields));
    const prove = send(fields => accounts.secondFactor({ ticket: step.value.ticket, ...fields }));
    const goTo = provider => accounts.loginWith(provider).catch(keep);
    return { providers, said, step, enter, prove, goTo };
  },
  template: `
    <p role="status">{{ said }}</p>
    <form v-if="step?.step === 'second_factor_required'" @submit.prevent="prove">
      <label>Code <input name="code" autocomplete="one-time-code"></label> <button>Go on</button>
    </form>
    <form v-else @submit.prevent="enter">
      <label>Name <input name="username" autocomplete="username"></label>
      <label>Address, to sign up <input name="email" type="email" autocomplete="email"></label>
      <label>Password <input name="password" type="password" autocomplete="current-password"></label>
      <button value="login">Sign in</button> <button value="register">Sign up</button>
      <button v-for="{ provider, name } in providers" type="button" @click="goTo(provider)">Sign in with {{ name }}</button>
    </form>`,
};

const App = {
  components: { SignIn },
  setup: () => ({ ...useAccounts(), signOut: () => accounts.logout() }),
  template: `
    <h1>My page</h1>
    <SignedIn>
      <p role="status">Signed in as {{ user.username }}</p>
      <button @click="signOut">Sign out</button>
      <template #fallback><SignIn /></template>
      <template #waiting>
        <p role="status">{{ failure?.detail ?? 'One moment …' }}</p>
        <button v-if="failure" @click="retry">Try again</button>
      </template>
    </SignedIn>`,
};

createApp(App).use(accountsPlugin, { accounts }).mount('#app');
