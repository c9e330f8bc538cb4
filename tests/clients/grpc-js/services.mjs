// The services through @grpc/grpc-js, from the .proto files themselves.
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';
import protobuf from 'protobufjs';

const files = ['intake', 'portfolio', 'contrats', 'entites'].map(name => `cpom/v1/${name}.proto`);

// `options` are those of a grpc-js channel.
export function connect(address, protos, options = {}) {
  const definition = loader.loadSync(files, { includeDirs: [protos], keepCase: true, enums: String, longs: Number, defaults: true, oneofs: true });
  const { v1 } = grpc.loadPackageDefinition(definition).cpom;
  const clientOf = name => new v1[name](address, grpc.credentials.createInsecure(), options);
  const clients = { intake: clientOf('IntakeService'), portfolio: clientOf('PortfolioService'), contrats: clientOf('ContratsService') };
  return { ...clients, close: () => Object.values(clients).forEach(client => client.close()) };
}

// A unary call as a promise. `options` are grpc-js's own, such as { deadline }.
export function call(client, method, request, options = {}) {
  return new Promise((resolve, reject) => client[method](request, options, (error, answer) => (error ? reject(error) : resolve(answer))));
}

// google.rpc.Status is not among our files: this is its public shape.
const rich = protobuf.parse(`syntax = "proto3";
  message Any { string type_url = 1; bytes value = 2; }
  message Status { int32 code = 1; string message = 2; repeated Any details = 3; }`, { keepCase: true }).root.lookupType('Status');

// What grpc-status-details-bin says: its code, and its details decoded by their types.
export function detailsOf(error, protos) {
  const root = new protobuf.Root();
  root.resolvePath = (_, target) => (target.startsWith('google/protobuf/') ? target : `${protos}/${target}`);
  root.loadSync('cpom/v1/errors.proto', { keepCase: true });
  const status = rich.decode(error.metadata.get('grpc-status-details-bin')[0]);
  const details = status.details.map(any => {
    const type = root.lookupType(any.type_url.split('/').pop());
    return { type: type.name, ...type.toObject(type.decode(any.value), { enums: String }) };
  });
  return { code: status.code, details };
}

// The outcome of a call that must fail.
export async function failureOf(promise, protos) {
  try {
    await promise;
  } catch (error) {
    const details = error.metadata?.get('grpc-status-details-bin').length ? detailsOf(error, protos).details : [];
    return { code: grpc.status[error.code], message: error.details, details };
  }
  return { code: 'OK' };
}
