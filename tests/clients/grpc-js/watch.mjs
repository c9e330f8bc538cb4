// Follows the portfolio until told to stop. When the stream ends it says so, waits for a line on its input, and resumes from the last log
// position that it has seen.
import { createInterface } from 'node:readline';
import { check, given, say } from '../report.mjs';
import { connect } from './services.mjs';

const orders = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const rowOf = row => ({ numero: row.numero, pending: row.figures.pending });
let position = 0;

function follow(portfolio) {
  return new Promise(resolve => {
    const watching = portfolio.watch({ after_log_position: position, filter: given.filter });
    watching.on('data', message => {
      position = message.log_position || position;
      say({ check: 'rows', position: message.log_position, rows: message.rows.map(rowOf) });
    });
    watching.on('error', error => resolve(error.code));
    watching.on('end', () => resolve(0));
  });
}

await check('followed', async () => {
  let followed = 0;
  do {
    const services = connect(given.address, given.protos);
    say({ check: 'ended', code: await follow(services.portfolio), position });
    services.close();
    followed++;
  } while ((await orders.next()).value === 'resume');
  return { followed };
});
process.exit(0);
