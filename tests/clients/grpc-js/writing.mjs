// Acts on one site, one after the other, by an ordinary client: its service configuration sends again what was answered UNAVAILABLE, and nothing else does.
import fs from 'node:fs';
import { check, given } from '../report.mjs';
import { call, connect } from './services.mjs';

const retried = {
  methodConfig: [{
    name: [{ service: 'cpom.v1.IntakeService' }],
    retryPolicy: { maxAttempts: 5, initialBackoff: '0.1s', maxBackoff: '1s', backoffMultiplier: 2, retryableStatusCodes: ['UNAVAILABLE'] },
  }],
};
const services = connect(given.address, given.protos, { 'grpc.service_config': JSON.stringify(retried) });

await check('writing', async () => {
  const sent = [];
  const failed = [];
  while (!fs.existsSync(given.stop)) {
    const numero = `RC-${sent.length + 1}`;
    const rc = { numero, activite: 'R4', modalite: '01', forme: '02', capacite: 10 };
    sent.push(numero);
    try {
      const { answers } = await call(services.intake, 'submitActs', { acts: [{ finess: given.site, entite: given.entite, rc, valid_on: '2026-02-01' }], request_id: numero });
      const [{ outcome }] = answers;
      if (outcome !== 'ACT_OUTCOME_RECORDED' && outcome !== 'ACT_OUTCOME_NOTHING_NEW') {
        failed.push(`${numero}: ${outcome}`);
      }
    } catch (error) {
      failed.push(`${numero}: ${error.message}`);
    }
  }
  return { sent, failed };
});

services.close();
