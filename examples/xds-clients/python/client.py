"""Calls workers as their balancer's weights say, with nothing of Lookaside but the worker's proto file:

    GRPC_XDS_BOOTSTRAP=bootstrap.json python3 client.py [CALLS [PER-SECOND [TASK]]]

Prints on one line how many calls were answered, by whom, and why others were not.
Needs grpcio, and the code that protoc makes of worker.proto (see README.md) in PYTHONPATH.
"""
import collections
import json
import os
import sys
import threading
import time

import grpc
from lookaside.v1 import worker_pb2, worker_pb2_grpc

arguments = sys.argv[1:] + ["20", "10", "sleep 0"][len(sys.argv) - 1:]
calls, per_second, task = int(arguments[0]), float(arguments[1]), arguments[2]
target = os.environ.get("TARGET", "xds:///worker")
warm_up = int(os.environ.get("WARM_UP", "0"))  # calls that are not counted, one after the other

workers, errors = collections.Counter(), collections.Counter()
over = threading.Semaphore(0)


def ended(future):
    try:
        workers[future.result().worker_id] += 1
    except grpc.RpcError as error:
        errors[f"{error.code().name}: {error.details()}"[:200]] += 1
    finally:
        over.release()


with grpc.insecure_channel(target) as channel:
    worker = worker_pb2_grpc.WorkerStub(channel)
    try:
        grpc.channel_ready_future(channel).result(timeout=20)
    except grpc.FutureTimeoutError:
        sys.exit("no worker within 20 s")
    for _ in range(warm_up):
        worker.Execute(worker_pb2.ExecuteRequest(task=task, client_id="python"), timeout=10)
    print("calling", file=sys.stderr, flush=True)
    start = time.monotonic()
    for i in range(calls):
        time.sleep(max(0.0, start + i / per_second - time.monotonic()))
        request = worker_pb2.ExecuteRequest(task=task, client_id="python")
        worker.Execute.future(request, timeout=10).add_done_callback(ended)
    for _ in range(calls):
        over.acquire()

print(json.dumps({"ok": sum(workers.values()), "failed": sum(errors.values()), "workers": workers, "errors": errors}))
sys.exit(1 if errors else 0)
