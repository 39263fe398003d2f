"""What `check` runs once everything is installed: cases named as those of gRPC's own xDS interop tests where they are theirs."""
import argparse
import itertools
import json
import os
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = ROOT / "examples/xds-clients"
JAVA = [os.path.join(os.environ["JAVA_HOME"], "bin/java") if "JAVA_HOME" in os.environ else "java",
        "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx192m"]
CLIENTS = {
    "java": JAVA + ["-jar", str(HERE / "java/target/xds-client.jar")],
    "node": ["node", str(HERE / "node/client.js")],
    "python": ["/usr/bin/python3", str(HERE / "python/client.py")],
}
WEIGHTS = {"w1": 1, "w2": 2, "w3": 7}


# Below the ports that the operating system gives to clients, which would take one before a server has it.
PORTS = itertools.count(random.randrange(20000, 31000))


def free_port():
    while True:
        port = next(PORTS)
        with socket.socket() as s:
            if s.connect_ex(("127.0.0.1", port)) != 0:
                return port


def until(condition, seconds, what):
    """Waits, and says how long that took."""
    start = time.monotonic()
    while not condition():
        if time.monotonic() - start > seconds:
            raise AssertionError(f"not within {seconds} s: {what}")
        time.sleep(0.02)
    return time.monotonic() - start


class Cluster:
    """etcd, balancers and workers as processes of this machine, on free ports of loopback."""

    def __init__(self):
        self.directory = tempfile.mkdtemp(prefix="lookaside-xds-")
        self.processes = {}
        self.ports = {}
        self.etcd = f"http://127.0.0.1:{free_port()}"
        peer = f"http://127.0.0.1:{free_port()}"
        self.start("etcd", ["etcd", f"--data-dir={self.directory}/etcd", f"--listen-client-urls={self.etcd}",
                            f"--advertise-client-urls={self.etcd}", f"--listen-peer-urls={peer}",
                            f"--initial-advertise-peer-urls={peer}", f"--initial-cluster=default={peer}"])
        until(lambda: self.answers(self.etcd + "/health"), 20, "etcd is healthy")

    def start(self, name, command):
        log = open(f"{self.directory}/{name}.log", "ab")
        self.processes[name] = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL)

    @staticmethod
    def answers(url):
        try:
            with urllib.request.urlopen(url, timeout=2) as response:
                return response.status == 200
        except OSError:
            return False

    def app(self, name, jar, *arguments):
        ports = self.ports.setdefault(name, (free_port(), free_port()))
        kind = "lb" if jar == "lb-service" else "worker"
        self.start(name, JAVA + ["-jar", str(ROOT / jar / "target" / f"{jar}.jar"), f"--{kind}.id={name}",
                                 f"--{kind}.port={ports[0]}", f"--{kind}.bind-address=127.0.0.1",
                                 f"--{kind}.advertised-address=127.0.0.1", f"--server.port={ports[1]}",
                                 f"--etcd.endpoints={self.etcd}", *arguments])

    def balancer(self, name, *arguments):
        self.app(name, "lb-service", "--lb.type=rr", "--lb.slow-start=0s", "--lb.xds.attempts=3", *arguments)

    def worker(self, name, weight):
        self.app(name, "worker-service", f"--worker.weight={weight}", "--worker.capacity=64", "--worker.lease-ttl=2s",
                 "--worker.warm-up=0s")

    def ready(self, name):
        until(lambda: self.answers(f"http://127.0.0.1:{self.ports[name][1]}/actuator/health/readiness"), 90, f"{name} is ready")

    def listens(self, name):
        with socket.socket() as s:
            return s.connect_ex(("127.0.0.1", self.ports[name][0])) == 0

    def end(self, name, how):
        self.processes[name].send_signal(how)
        self.processes.pop(name).wait(60)

    def metric(self, name, metric):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.ports[name][1]}/actuator/prometheus", timeout=2) as response:
                text = response.read().decode()
        except OSError:
            return 0
        return sum(float(line.rsplit(" ", 1)[1]) for line in text.splitlines() if line.startswith(metric))

    def tasks(self, name):
        return self.metric(name, "lookaside_tasks_total")

    def streams(self, name):
        return self.metric(name, "lookaside_xds_streams")

    def close(self):
        for process in self.processes.values():
            process.kill()
            process.wait(20)
        shutil.rmtree(self.directory, ignore_errors=True)


class Client:
    """One client process, of which the last line on stdout is its result."""

    def __init__(self, cluster, language, balancers, calls, per_second):
        self.language = language
        bootstrap = f"{cluster.directory}/{language}.json"
        servers = ",".join(f"127.0.0.1:{cluster.ports[name][0]}" for name in balancers)
        with open(bootstrap, "w") as out:
            subprocess.run(JAVA + ["-jar", str(ROOT / "client-cli/target/client-cli.jar"), "xds-bootstrap", f"--lb={servers}",
                                   f"--language={language}", f"--id={language}"], stdout=out, check=True)
        environment = dict(os.environ, GRPC_XDS_BOOTSTRAP=bootstrap, WARM_UP="50",
                           PYTHONPATH=str(HERE / "target/python"))
        environment.pop("GRPC_XDS_BOOTSTRAP_CONFIG", None)
        self.log = open(f"{cluster.directory}/{language}.err", "w+")
        self.said = self.log.name
        self.process = subprocess.Popen(CLIENTS[language] + [str(calls), str(per_second)], env=environment, text=True,
                                        stdout=subprocess.PIPE, stderr=self.log)

    def is_calling(self):
        return "calling" in pathlib.Path(self.said).read_text()

    def result(self):
        out, _ = self.process.communicate(timeout=180)
        if not out.strip():
            self.log.seek(0)
            raise AssertionError(f"{self.language} said nothing; stderr: {self.log.read()[-2000:]}")
        return json.loads(out.strip().splitlines()[-1])


class Check:
    def __init__(self, languages, whole):
        self.languages = languages
        self.rate = 200 if whole else 60
        self.outage = 30 if whole else 4
        self.passed = self.failed = 0
        self.cluster = Cluster()

    def case(self, name, test):
        start = time.monotonic()
        try:
            said = test()
            self.passed += 1
            print(f"ok      {name}: {said} [{time.monotonic() - start:.0f} s]", flush=True)
        except (AssertionError, subprocess.SubprocessError) as e:
            self.failed += 1
            print(f"FAILED  {name}: {e}", flush=True)

    def clients(self, balancers, calls, per_second):
        return [Client(self.cluster, language, balancers, calls, per_second) for language in self.languages]

    @staticmethod
    def all_call(clients):
        for client in clients:
            until(client.is_calling, 60, f"{client.language} calls")
        time.sleep(1)

    @staticmethod
    def results(clients):
        results = {client.language: client.result() for client in clients}
        for language, result in results.items():
            assert result["failed"] == 0, f"{language}: {result}"
        return results

    def ping_pong_and_weights(self):
        """ping_pong, round_robin with weights: 1:2:7 within 3 points, over as many calls as chance needs for that.

        gRPC's clients throw a die for the locality of each call: a share of 70 % has a deviation of 0.59 points over
        6,000 calls, so that 3 points are five of them.
        """
        calls, per_second = 6000, 500
        results = self.results(self.clients(["lb1"], calls, per_second))
        for language, result in results.items():
            for worker, weight in WEIGHTS.items():
                points = 100 * result["workers"].get(worker, 0) / calls
                assert abs(points - 10 * weight) <= 3, f"{language}: {result['workers']}"
        return "; ".join(f"{language} {result['workers']}" for language, result in results.items())

    def worker_killed_and_drained(self):
        """remove_instance_group: one worker dies, another one leaves, and no call fails."""
        seconds = 12
        clients = self.clients(["lb1"], self.rate * seconds, self.rate)
        self.all_call(clients)
        self.cluster.end("w3", signal.SIGKILL)
        time.sleep(3)
        self.cluster.end("w2", signal.SIGTERM)
        results = self.results(clients)
        return f"{sum(r['ok'] for r in results.values())} calls, 0 failed"

    def balancer_dead_and_back(self):
        """backends_restart, of the balancer: calls go on without it, and it is obeyed again when it is back."""
        # A worker and a balancer start meanwhile, which takes a busy machine long.
        seconds = self.outage + 80
        clients = self.clients(["lb1"], self.rate * seconds, self.rate)
        self.all_call(clients)
        self.cluster.end("lb1", signal.SIGKILL)
        self.cluster.worker("w2", 2)
        time.sleep(self.outage)
        self.cluster.ready("w2")
        assert self.cluster.tasks("w2") == 0, "nobody knows w2 while the balancer is away"
        self.cluster.balancer("lb1")
        until(lambda: self.cluster.listens("lb1"), 60, "the balancer listens")
        away = until(lambda: self.cluster.streams("lb1") > 0, 120, "a client is back")
        took = until(lambda: self.cluster.tasks("w2") > 0, 30, "somebody calls the new worker")
        results = self.results(clients)
        late = [language for language, result in results.items() if not result["workers"].get("w2")]
        # How long a client pauses before it asks again is its own choice, and up to a minute or two.
        waiting = f"; still pausing at the end: {', '.join(late)}" if late else ""
        return (f"{sum(r['ok'] for r in results.values())} calls, 0 failed; the first client asked {away:.1f} s after the port "
                f"opened, the new worker was called {took:.1f} s later" + waiting)

    def cold_start_with_one_balancer_dead(self):
        """fallback (gRFC A71): the first of two balancers is dead before the client starts."""
        self.cluster.ports["dead"] = (free_port(), free_port())
        results = self.results(self.clients(["dead", "lb1"], 20, 20))
        return ", ".join(f"{language} {result['ok']}" for language, result in results.items())

    def run(self):
        cluster = self.cluster
        cluster.balancer("lb1")
        for worker, weight in WEIGHTS.items():
            cluster.worker(worker, weight)
        for name in ["lb1", *WEIGHTS]:
            cluster.ready(name)
        self.case("ping_pong, weights 1:2:7", self.ping_pong_and_weights)
        self.case("fallback on a cold start", self.cold_start_with_one_balancer_dead)
        self.case("remove_instance_group: a worker killed, a worker drained", self.worker_killed_and_drained)
        self.case("balancer dead and back", self.balancer_dead_and_back)
        print(f"{self.passed} passed, {self.failed} failed")
        return 1 if self.failed else 0


def main():
    parser = argparse.ArgumentParser(prog="check")
    parser.add_argument("--whole", action="store_true", help="200 calls/s for each client, the balancer away for 30 s")
    parser.add_argument("languages", nargs="*", choices=[*CLIENTS, []], help="default: all")
    arguments = parser.parse_args()
    check = Check(arguments.languages or list(CLIENTS), arguments.whole)
    try:
        return check.run()
    finally:
        check.cluster.close()


if __name__ == "__main__":
    sys.exit(main())
