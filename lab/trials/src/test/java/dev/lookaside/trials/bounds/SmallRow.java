package dev.lookaside.trials.bounds;

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
import java.util.List;

/**
 * The bad peers of {@link Rows} in small, for servers that are small, too. Those that need ten
 * thousand of something (endpoints, keys, leases, watchers) are left to the trial.
 *
 * @param told what the peer must be told, among other things
 */
record SmallRow(String name, String told, Misdeed misdeed) {

  static List<SmallRow> all() {
    return List.of(
        new SmallRow(
            "half-http", "closed", new HeldConnections(Target::http, 300, Requests.HALF_REQUEST)),
        new SmallRow(
            "long-epochs",
            "INVALID_ARGUMENT: epoch has 60000 characters (expected: at most 64)",
            Calls.to(Whom.BALANCER, 4, 50, Requests.SUBSCRIBE, Requests.withEpoch(longName()))),
        new SmallRow(
            "health-watches",
            "INVALID_ARGUMENT: service has 60000 characters (expected: at most 128)",
            Calls.to(Whom.BALANCER, 4, 50, Requests.WATCH_HEALTH, Requests.healthOf(longName()))),
        new SmallRow(
            "health-watches-worker",
            "INVALID_ARGUMENT: service has 60000 characters (expected: at most 128)",
            Calls.to(Whom.WORKER, 4, 50, Requests.WATCH_HEALTH, Requests.healthOf(longName()))),
        new SmallRow(
            "half-messages",
            "cut: too many bytes of messages that are not complete",
            new HalfMessages()),
        new SmallRow(
            "subscribers",
            "RESOURCE_EXHAUSTED: this connection has 100 subscriptions (expected: at most 100)",
            Calls.to(
                Whom.BALANCER, 10, 130, Requests.SUBSCRIBE, Requests.service("worker").build())),
        new SmallRow(
            "malformed-orca",
            "INVALID_ARGUMENT: a request of xds.service.orca.v3.OpenRcaService/StreamCoreMetrics cannot"
                + " be read",
            Calls.to(Whom.WORKER, 4, 10, Requests.LOADS, Requests.MALFORMED)),
        new SmallRow(
            "load-streams",
            "RESOURCE_EXHAUSTED: too many load streams on this connection (expected: at most 16)",
            Calls.to(Whom.WORKER, 10, 100, Requests.LOADS, new byte[0])),
        new SmallRow("load-flood", "the balancer ends the stream", new LoadFlood()),
        new SmallRow(
            "long-sleeps",
            "RESOURCE_EXHAUSTED: too many requests of one client (expected: at most 75)",
            Calls.to(
                Whom.WORKER,
                4,
                50,
                WorkerGrpc.getExecuteMethod().getFullMethodName(),
                Requests.sleep())),
        new SmallRow(
            "rapid-reset",
            "cut: too many calls taken back (expected: at most 500 in 30 s)",
            new RapidReset(4)),
        new SmallRow(
            "idle-connections",
            "closed",
            new HeldConnections(Target::rpc, 300, Requests.HTTP2_GREETING)),
        // The last one: nobody else can write afterwards.
        new SmallRow(
            "etcd-puts",
            "RESOURCE_EXHAUSTED",
            new EtcdWrites<>(1_000, KVGrpc.getPutMethod(), i -> Requests.put("x" + i, 250_000))));
  }

  private static String longName() {
    return "n".repeat(Requests.LONG);
  }

  @Override
  public String toString() {
    return name;
  }
}
