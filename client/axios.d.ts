import type { AxiosInstance } from 'axios';
import type { Accounts } from './accounts.d.ts';

/**
 * From now on the instance's requests to the server and to the `origins` of `createAccounts` carry the token.
 * @returns what `instance.interceptors.request.eject` takes
 */
export declare function authorize(instance: AxiosInstance, accounts: Accounts): number;
