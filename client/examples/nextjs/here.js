import { cache } from 'react';
import { headers } from 'next/headers';
import { visit } from './visits.js';

// Who the page is for, wherever one of its server components asks.
export const here = cache(async () => visit.handedOn(await headers()));
