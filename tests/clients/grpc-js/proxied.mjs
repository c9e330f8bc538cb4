// A unary call, an error with its details and a server stream, through whatever stands before the server.
import { check, given } from '../report.mjs';
import { call, connect, failureOf } from './services.mjs';

const services = connect(given.address, given.protos);

await check('unary', async () => ({ total: (await call(services.portfolio, 'query', { page_size: 1 })).total_size }));

await check('refusal', () => failureOf(
  call(services.contrats, 'signContrat', { contrat: 'contrats/NULLE-PART', party: 'SIGNATORY_REPRESENTANT_LEGAL', signed_by: 'Mme A' }), given.protos));

await check('watch', () => new Promise((resolve, reject) => {
  const watching = services.portfolio.watch({});
  let rows = 0;
  watching.on('error', reject);
  watching.on('data', message => {
    rows += message.rows.length;
    if (message.log_position > 0) {
      watching.removeAllListeners('error').on('error', () => resolve({ rows }));
      watching.cancel();
    }
  });
}));

services.close();
