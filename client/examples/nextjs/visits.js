import { createVisits } from '@accounts/client/server';

export const server = process.env.ACCOUNTS_URL ?? 'http://localhost:8000';

export const visit = createVisits({ baseUrl: server });
