// Reads the API's document and prints the types that stand in client/openapi.d.ts: what operations take and what they
// answer when they succeed. Failures are all alike, and the client has a type of its own for them.
import { text } from 'node:stream/consumers';
import openapiTS, { astToString } from 'openapi-typescript';

const json = 'application/json';
const document = JSON.parse(await text(process.stdin));
// What apps are told, no client asks for; its shape stands among the schemas.
delete document.webhooks;
for (const operation of Object.values(document.paths).flatMap(methods => Object.values(methods))) {
  operation.parameters = operation.parameters?.filter(one => one.in === 'path' || one.in === 'query');
  if (operation.requestBody) operation.requestBody.content = plain(operation.requestBody.content);
  operation.responses = Object.fromEntries(Object.entries(operation.responses).filter(([status]) => status < 300)
    .map(([status, { description, content }]) => [status, { description, ...(content && { content: plain(content) }) }]));
}
const types = astToString(await openapiTS(document, { alphabetize: true }));
process.stdout.write(`// Made of the API's document, and not to be edited:
// curl -s http://localhost:8000/openapi/v1.json | node Accounts.Tests/Support/node/client-types.mjs > client/openapi.d.ts

${types}`);

function plain(content) {
  return json in content ? { [json]: { schema: content[json].schema } } : {};
}
