// The same services as a web page reaches them, over HTTP/1.1: gRPC-Web and Connect, by connect-web; and over HTTP/2 by connect-node.
import { readFileSync } from 'node:fs';
import { createFileRegistry, fromBinary } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { Code, ConnectError, createClient } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import { createConnectTransport, createGrpcWebTransport } from '@connectrpc/connect-web';
import { check, given } from '../report.mjs';

const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, readFileSync(given.descriptors)));
const RefusalDetail = registry.getMessage('cpom.v1.RefusalDetail');

const transports = {
  'grpc-web': createGrpcWebTransport({ baseUrl: given.http }),
  'connect-json': createConnectTransport({ baseUrl: given.http, useBinaryFormat: false }),
  'connect-binary': createConnectTransport({ baseUrl: given.http, useBinaryFormat: true }),
  grpc: createGrpcTransport({ baseUrl: given.grpc }),
};

function failureOf(error) {
  const { code, rawMessage } = ConnectError.from(error);
  return { code: Code[code], message: rawMessage, details: ConnectError.from(error).findDetails(RefusalDetail).map(d => ({ code: d.code, detail: d.detail })) };
}

for (const [name, transport] of Object.entries(transports)) {
  const portfolio = createClient(registry.getService('cpom.v1.PortfolioService'), transport);
  const contrats = createClient(registry.getService('cpom.v1.ContratsService'), transport);

  await check(`${name} unary`, async () => {
    const answer = await portfolio.query({ pageSize: 3, orderBy: 'numero' });
    return { rows: answer.rows.length, total: answer.totalSize, first: answer.rows[0].numero };
  });

  await check(`${name} refusal`, () => contrats
    .signContrat({ contrat: 'contrats/NULLE-PART', party: 1, signedBy: 'Mme A' })
    .then(() => ({ code: 'OK' }), failureOf));

  await check(`${name} watch`, async () => {
    const stop = new AbortController();
    let rows = 0;
    try {
      for await (const message of portfolio.watch({}, { signal: stop.signal })) {
        rows += message.rows.length;
        if (message.logPosition > 0n) {
          stop.abort();
        }
      }
    } catch (error) {
      return { rows, code: failureOf(error).code };
    }
    return { rows, code: 'OK' };
  });

  await check(`${name} deadline`, () => portfolio
    .query({ asOf: { minLogPosition: 1_000_000_000_000n } }, { timeoutMs: 300 })
    .then(() => ({ code: 'OK' }), failureOf));
}
process.exit(0);
