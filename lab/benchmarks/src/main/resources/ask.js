// node ask.js SERVICE CALLS: asks the service so often, one call after the other, who answers.
const grpc = require('@grpc/grpc-js');
require('@grpc/grpc-js-xds').register();

const [service, calls] = [process.argv[2], Number(process.argv[3])];
const client = new grpc.Client(`xds:///${service}`, grpc.credentials.createInsecure());
const same = (bytes) => bytes;

function ask() {
  return new Promise((done) => {
    const deadline = Date.now() + 20_000;
    client.makeUnaryRequest('/lookaside.bench.Who/Ask', same, same, Buffer.alloc(0), { deadline }, (error, answer) =>
      done(error ? -1 : answer[0]));
  });
}

// Weights that endpoints report count after ten seconds.
async function main() {
  const until = Date.now() + Number(process.env.WARM_UP_MILLIS ?? 12_000);
  while (Date.now() < until) {
    await ask();
    await new Promise((done) => setTimeout(done, 20));
  }
  const answers = [];
  for (let i = 0; i < calls; i++) {
    answers.push(await ask());
  }
  console.log(answers.join(' '));
  process.exit(0);
}

main();
