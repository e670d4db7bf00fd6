// A service that is asked by Axios, with the token.
import axios from 'axios';
import { createAccounts } from '@accounts/client';
import { authorize } from '@accounts/client/axios';

const api = axios.create({ baseURL: 'https://api.example.com' });
const accounts = createAccounts({ baseUrl: 'https://accounts.example.com', origins: ['https://api.example.com'] });
const interceptor: number = authorize(api, accounts);

export const orders = async (): Promise<string[]> => (await api.get<string[]>('/orders')).data;

export const end = (): void => api.interceptors.request.eject(interceptor);
