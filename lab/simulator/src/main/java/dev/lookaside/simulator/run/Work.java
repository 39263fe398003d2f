package dev.lookaside.simulator.run;

import dev.lookaside.simulator.fleet.Member;
import dev.lookaside.simulator.fleet.Request;
import dev.lookaside.simulator.scenario.Distribution;
import dev.lookaside.simulator.scenario.Replay;
import dev.lookaside.simulator.scenario.ServiceCurve;
import dev.lookaside.simulator.scenario.WaitingSettings;
import dev.lookaside.simulator.strategy.World;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What requests cost: whether they wait or compute, and what the server they reach makes of it. */
final class Work {
  private final @Nullable WaitingSettings waiting;
  private final RandomGenerator waits;
  private final RandomGenerator serverChance;
  private final World world;
  private final Measurements measurements;

  Work(World world, Measurements measurements) {
    this.world = world;
    this.measurements = measurements;
    this.waiting = world.scenario().waiting();
    this.waits = world.streams().of("waits");
    this.serverChance = world.streams().of("server-chance");
  }

  /** Says whether a new request is one of those that wait. */
  void prepare(Request request) {
    if (waiting != null && waits.nextDouble() < waiting.share()) {
      request.waitNanos = waiting.time().sampleNanos(waits);
      request.workNanos = 0;
    }
  }

  /** Says what the request costs on the server that it has reached, and how it will end. */
  void begin(Request request, Member member) {
    request.reachedNanos = world.agenda().nanos();
    request.inFlightOnArrival = member.server().inFlight();
    Distribution ownWork = member.serviceTime();
    request.attemptWorkNanos =
        ownWork == null || request.waitNanos > 0
            ? request.workNanos
            : ownWork.sampleNanos(serverChance);
    request.attemptWaitNanos = request.waitNanos;
    request.willFail = member.errorShare() > 0 && serverChance.nextDouble() < member.errorShare();
    if (request.willFail) {
      request.attemptWorkNanos = member.errorWorkNanos();
      request.attemptWaitNanos = 0;
    }
    Replay replay = world.scenario().arrivals().trace();
    ServiceCurve curve = replay == null ? null : replay.curves().get(member.group().name());
    if (curve != null) {
      measure(request, curve);
    }
  }

  /** Such a server is no cores: all that it takes is the time that was measured. */
  private void measure(Request request, ServiceCurve curve) {
    request.attemptWaitNanos =
        request.willFail
            ? request.attemptWorkNanos
            : curve.nanos(request.workNanos, request.inFlightOnArrival);
    request.attemptWorkNanos = 0;
    if (request.inFlightOnArrival > curve.mostInFlight() + 1) {
      measurements.beyondMeasured(request);
    }
  }
}
