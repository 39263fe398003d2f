package dev.lookaside.trials.bounds;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import dev.lookaside.trials.bounds.Row.Registry;
import dev.lookaside.trials.bounds.Row.Victim;
import dev.lookaside.trials.bounds.misdeed.Calls;
import dev.lookaside.trials.bounds.misdeed.Calls.Whom;
import dev.lookaside.trials.bounds.misdeed.EtcdWrites;
import dev.lookaside.trials.bounds.misdeed.HalfMessages;
import dev.lookaside.trials.bounds.misdeed.HeldConnections;
import dev.lookaside.trials.bounds.misdeed.LoadFlood;
import dev.lookaside.trials.bounds.misdeed.Misdeed;
import dev.lookaside.trials.bounds.misdeed.RapidReset;
import dev.lookaside.trials.bounds.misdeed.Target;
import dev.lookaside.v1.WorkerGrpc;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseGrpc;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchGrpc;
import io.etcd.jetcd.api.WatchRequest;
import java.util.List;

/** All bad peers that were met. */
final class Rows {
  static final List<Row> ALL =
      List.of(
          balancer(
              "half-http",
              "4,351 half HTTP requests on the actuator's port",
              "out of memory",
              new HeldConnections(Target::http, 4_351, Requests.HALF_REQUEST),
              Scenes.HTTP),
          balancer(
              "long-epochs",
              "48 connections × 100 `Subscribe` with an epoch of 60 kB, again and again",
              "out of memory",
              Calls.to(
                  Whom.BALANCER,
                  48,
                  100,
                  Requests.SUBSCRIBE,
                  Requests.withEpoch("e".repeat(Requests.LONG))),
              Scene.PLAIN),
          balancer(
              "health-watches",
              "4,000 `Health/Watch` with names of 60 kB, again and again",
              "out of memory",
              Calls.to(
                  Whom.BALANCER,
                  40,
                  100,
                  Requests.WATCH_HEALTH,
                  Requests.healthOf("n".repeat(Requests.LONG))),
              Scene.PLAIN),
          worker(
              "health-watches-worker",
              "the same of a worker, 1,775",
              "a zombie: it lived and served nobody",
              Calls.to(
                  Whom.WORKER,
                  25,
                  71,
                  Requests.WATCH_HEALTH,
                  Requests.healthOf("n".repeat(Requests.LONG))),
              Scene.PLAIN),
          new Row(
              "senseless-keys",
              "6,000 etcd keys × 20 KiB that make no sense",
              "out of memory; a restart does not sync",
              Victim.BALANCER,
              Registry.ETCD,
              new EtcdWrites<>(
                  6_000,
                  KVGrpc.getPutMethod(),
                  i -> Requests.put("lookaside/worker/x" + i, 20 << 10)),
              Scenes.RESTART),
          balancer(
              "half-messages",
              "8 connections with 900 half-sent messages each, again when cut",
              "13 of 35 picks failed, RSS 567 MiB",
              new HalfMessages(),
              Scene.PLAIN),
          balancer(
              "non-readers",
              "200 subscribers to 10,000 endpoints that never read",
              "164 MiB off heap",
              Calls.to(Whom.BALANCER, 200, 1, Requests.SUBSCRIBE, Requests.service("crowd").build())
                  .thatReadNothing(),
              Scenes.CROWD),
          balancer(
              "fast-subscribers",
              "6,000 subscribers with loads every 50 ms",
              "a new one waits 20 s and rising",
              Calls.to(
                  Whom.BALANCER,
                  60,
                  100,
                  Requests.SUBSCRIBE,
                  Requests.service("worker")
                      .setLoadInterval(Duration.newBuilder().setNanos(50_000_000))
                      .build()),
              Scenes.NEW_SUBSCRIBER),
          worker(
              "malformed-orca",
              "1,000 malformed load requests, again and again",
              "shut out of every new balancer for good; 8.4 MB of log",
              Calls.to(Whom.WORKER, 10, 100, Requests.LOADS, Requests.MALFORMED),
              Scenes.NEW_BALANCER),
          worker(
              "load-streams",
              "10 connections × 100 load streams",
              "999 of 1,000 places taken",
              Calls.to(Whom.WORKER, 10, 100, Requests.LOADS, new byte[0]),
              Scenes.NEW_BALANCER),
          balancer(
              "load-flood",
              "a registered endpoint that reports as fast as it can",
              "79,000 reports/s, one core",
              new LoadFlood(),
              Scene.PLAIN),
          worker(
              "long-sleeps",
              "100 connections × 100 `sleep 3600`",
              "worker full",
              Calls.to(
                  Whom.WORKER,
                  100,
                  100,
                  WorkerGrpc.getExecuteMethod().getFullMethodName(),
                  Requests.sleep()),
              Scene.PLAIN),
          balancer(
              "etcd-puts",
              "170 puts of 1.4 MB into the embedded etcd",
              "kills the balancer",
              new EtcdWrites<>(170, KVGrpc.getPutMethod(), i -> Requests.put("x" + i, 1_400_000)),
              Scene.PLAIN),
          balancer(
              "etcd-watchers",
              "1,900 watchers of the embedded etcd",
              "kills the balancer",
              Calls.to(
                  Whom.ETCD,
                  19,
                  100,
                  WatchGrpc.getWatchMethod().getFullMethodName(),
                  WatchRequest.newBuilder()
                      .setCreateRequest(
                          WatchCreateRequest.newBuilder().setKey(ByteString.copyFromUtf8("x")))
                      .build()),
              Scene.PLAIN),
          balancer(
              "etcd-leases",
              "leases of the embedded etcd without end",
              "kills the balancer",
              new EtcdWrites<>(
                  Integer.MAX_VALUE,
                  LeaseGrpc.getLeaseGrantMethod(),
                  i -> LeaseGrantRequest.newBuilder().setTTL(3_600).build()),
              Scene.PLAIN),
          balancer(
              "rapid-reset",
              "calls taken back at once, on 1,685 connections",
              "p99 753 ms",
              new RapidReset(1_685),
              Scene.PLAIN),
          balancer(
              "idle-connections",
              "9,500 idle connections",
              "all stay",
              new HeldConnections(Target::rpc, 9_500, Requests.HTTP2_GREETING),
              Scene.PLAIN));

  private Rows() {}

  static List<String> names() {
    return ALL.stream().map(Row::name).toList();
  }

  static Row named(String name) {
    return ALL.stream()
        .filter(row -> row.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException("row is " + name + " (expected: of " + names() + ")"));
  }

  private static Row balancer(
      String name, String does, String before, Misdeed misdeed, Scene scene) {
    return new Row(name, does, before, Victim.BALANCER, Registry.EMBEDDED, misdeed, scene);
  }

  private static Row worker(String name, String does, String before, Misdeed misdeed, Scene scene) {
    return new Row(name, does, before, Victim.WORKER, Registry.EMBEDDED, misdeed, scene);
  }
}
