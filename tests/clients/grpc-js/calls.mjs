// Every kind of call through @grpc/grpc-js.
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { check, given } from '../report.mjs';
import { call, connect, failureOf } from './services.mjs';

const services = connect(given.address, given.protos);
const { intake, portfolio, contrats } = services;

const PIECE_BYTES = 4096;

async function send(stream, file) {
  stream.write({ header: { file_name: basename(file) } });
  for await (const chunk of createReadStream(file, { highWaterMark: PIECE_BYTES })) {
    stream.write({ chunk });
  }
  stream.end();
}

await check('unary', async () => {
  const answer = await call(portfolio, 'query', { page_size: 5, order_by: 'numero' });
  return { rows: answer.rows.length, total: answer.total_size, first: answer.rows[0].numero };
});

await check('pages', async () => {
  const seen = new Set();
  let pages = 0;
  let total = 0;
  for (let token = ''; pages === 0 || token !== ''; pages++) {
    const answer = await call(portfolio, 'query', { page_size: 1000, page_token: token, filter: given.manyFilter });
    answer.rows.forEach(row => seen.add(row.numero));
    [token, total] = [answer.next_page_token, answer.total_size];
  }
  return { pages, seen: seen.size, total };
});

await check('refusal', () => failureOf(call(contrats, 'signContrat', { contrat: 'contrats/NULLE-PART', party: 'SIGNATORY_REPRESENTANT_LEGAL', signed_by: 'Mme A' }), given.protos));

await check('problem', () => failureOf(call(portfolio, 'query', { filter: 'nom = ' }), given.protos));

// The position is never reached, so that only the deadline can end the call.
await check('deadline', () => failureOf(
  call(portfolio, 'query', { as_of: { min_log_position: 1e12 } }, { deadline: Date.now() + 300 }), given.protos));

await check('cancellation', () => failureOf(new Promise((resolve, reject) => {
  const watching = portfolio.watch({});
  watching.on('data', () => watching.cancel());
  watching.on('error', reject);
  watching.on('end', resolve);
}), given.protos));

await check('watch', () => new Promise((resolve, reject) => {
  const names = [];
  const watching = portfolio.watch({ filter: given.watchFilter });
  watching.on('error', reject);
  watching.on('data', message => {
    names.push(...message.rows.map(row => row.numero));
    if (message.log_position > 0) {
      watching.removeAllListeners('error').on('error', () => resolve({ names, position: message.log_position }));
      watching.cancel();
    }
  });
}));

await check('upload', () => new Promise((resolve, reject) => {
  const stream = intake.uploadFile((error, answer) => (error ? reject(error) : resolve({ kind: answer.report.kind, ...answer.report.counts })));
  send(stream, given.upload).catch(reject);
}));

await check('import', () => new Promise((resolve, reject) => {
  const phases = new Set();
  const stream = intake.importFile();
  let report = null;
  stream.on('error', reject);
  stream.on('data', message => {
    if (message.answer === 'progress') {
      phases.add(message.progress.phase);
    } else {
      report = message.report;
    }
  });
  stream.on('end', () => resolve({ phases: [...phases], kind: report.kind, ...report.counts }));
  send(stream, given.import).catch(reject);
}));

await check('again', () => new Promise((resolve, reject) => {
  const stream = intake.uploadFile((error, answer) => (error ? reject(error) : resolve({ already: answer.report.already_integrated, ...answer.report.counts })));
  send(stream, given.upload).catch(reject);
}));

services.close();
