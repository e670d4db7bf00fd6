// Reads {document, answers: [{method, path, status, media_type, text}]} and prints what is wrong with it as a JSON list:
// where there are answers, whether they are as documented, without a member more; else whether the document is one and its examples fit its own schemas.
import { text } from 'node:stream/consumers';
import { Validator } from '@seriousme/openapi-schema-validator';
import addFormats from 'ajv-formats';
import Ajv from 'ajv/dist/2020.js';

const { document, answers } = JSON.parse(await text(process.stdin));
const complaints = [];
const resolve = node => node?.$ref ? node.$ref.slice(2).split('/').reduce((inside, key) => inside[key], document) : node;

const ajv = addFormats(new Ajv({ allErrors: true, strict: false }));
if (answers.length === 0) await checkDocument();
for (const schema of Object.values(document.components.schemas)) close(schema);
ajv.addSchema({ ...document, $id: 'api' });
if (answers.length === 0) checkAllExamples();
answers.forEach(checkAnswer);
console.log(JSON.stringify(complaints));

async function checkDocument() {
  const verdict = await new Validator().validate(structuredClone(document));
  if (!verdict.valid) complaints.push(`No OpenAPI document: ${JSON.stringify(verdict.errors)}`);
}

function checkAllExamples() {
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const place = ['paths', path, method];
      checkExamples([...place, 'requestBody'], operation.requestBody);
      for (const [status, response] of Object.entries(operation.responses)) checkExamples([...place, 'responses', status], response);
    }
  }
}

// A member that the document does not tell of is a complaint.
function close(schema) {
  if (schema.properties && !('additionalProperties' in schema)) schema.unevaluatedProperties = false;
  for (const inside of Object.values(schema.properties ?? {})) close(inside);
  if (schema.items) close(schema.items);
}

function checkExamples(place, holder) {
  for (const [type, content] of Object.entries(holder?.content ?? {})) {
    const examples = 'example' in content ? [content.example] : Object.values(content.examples ?? {}).map(one => resolve(one).value);
    if (examples.length === 0 && resolve(content.schema).properties) complaints.push(`${place.join(' ')} ${type} has no example`);
    for (const example of examples) check([...place, 'content', type, 'schema'], example, 'the example');
  }
}

function checkAnswer({ method, path, status, media_type: type, text }) {
  const what = `${method} ${path} answered ${status} ${text}`;
  const response = document.paths[path]?.[method]?.responses[status];
  if (!response) return complaints.push(`${what}, which is not documented`);
  if (!response.content) return text === '' || complaints.push(`${what}, documented without a body`);
  if (!response.content[type]) return complaints.push(`${what} as ${type}, which is not documented`);
  check(['paths', path, method, 'responses', `${status}`, 'content', type, 'schema'], type === 'application/json' ? JSON.parse(text) : text, what);
}

function check(place, value, what) {
  const pointer = place.map(part => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
  const validate = ajv.getSchema(`api#/${pointer}`);
  if (!validate(value)) complaints.push(`${place.join(' ')}: ${what} does not fit: ${ajv.errorsText(validate.errors)}`);
}
