// Calls workers as their balancer's weights say, with nothing of Lookaside but the worker's proto file:
//
//   GRPC_XDS_BOOTSTRAP=bootstrap.json node client.js [CALLS [PER-SECOND [TASK]]]
//
// Prints on one line how many calls were answered, by whom, and why others were not.
'use strict';
const path = require('path');
const grpc = require('@grpc/grpc-js');
const protoLoader = require('@grpc/proto-loader');
require('@grpc/grpc-js-xds').register();

const [calls, perSecond, task] = [Number(process.argv[2] || 20), Number(process.argv[3] || 10), process.argv[4] || 'sleep 0'];
const warmUp = Number(process.env.WARM_UP || 0); // calls that are not counted, one after the other
const target = process.env.TARGET || 'xds:///worker';
const protos = path.join(__dirname, '../../../shared-proto/src/main/protobuf');

const { lookaside } = grpc.loadPackageDefinition(
  protoLoader.loadSync('lookaside/v1/worker.proto', { includeDirs: [protos], keepCase: true }));
const worker = new lookaside.v1.Worker(target, grpc.credentials.createInsecure());

const result = { ok: 0, failed: 0, workers: {}, errors: {} };
const count = (counts, key) => { counts[key] = (counts[key] || 0) + 1; };

function call() {
  return new Promise((resolve) => {
    worker.Execute({ task, client_id: 'node' }, { deadline: Date.now() + 10000 }, (error, answer) => {
      if (error) {
        result.failed++;
        count(result.errors, error.message.slice(0, 200));
      } else {
        result.ok++;
        count(result.workers, answer.worker_id);
      }
      resolve();
    });
  });
}

worker.waitForReady(Date.now() + 20000, async (error) => {
  if (error) {
    console.error('no worker within 20 s: ' + error.message);
    process.exit(1);
  }
  for (let i = 0; i < warmUp; i++) await call();
  Object.assign(result, { ok: 0, failed: 0, workers: {}, errors: {} });
  console.error('calling');
  const running = [];
  const start = Date.now();
  for (let i = 0; i < calls; i++) {
    const due = start + (i * 1000) / perSecond;
    if (due > Date.now()) await new Promise((resolve) => setTimeout(resolve, due - Date.now()));
    running.push(call());
  }
  await Promise.all(running);
  console.log(JSON.stringify(result));
  process.exit(result.failed ? 1 : 0);
});
