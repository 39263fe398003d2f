package dev.lookaside.simulator.run;

import dev.lookaside.simulator.engine.Agenda;
import dev.lookaside.simulator.engine.DelayLine;
import dev.lookaside.simulator.engine.JitteredLine;
import dev.lookaside.simulator.engine.Line;
import dev.lookaside.simulator.engine.Streams;
import dev.lookaside.simulator.scenario.NetworkSettings;
import dev.lookaside.simulator.scenario.NetworkSettings.Leg;
import dev.lookaside.simulator.strategy.World;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Makes the lines on which requests, answers, reports and outcomes travel. */
final class Network {
  private final Agenda agenda;
  private final Streams streams;
  private final NetworkSettings settings;

  Network(World world) {
    this.agenda = world.agenda();
    this.streams = world.streams();
    this.settings = world.scenario().network();
  }

  /** One of the two directions between clients and balancers. */
  <T> Line<T> clientBalancer(String use, Consumer<T> receiver) {
    return line(use, settings.clientBalancer(), Duration.ZERO, receiver);
  }

  /** Likewise, for what is held back for a while before it is sent. */
  <T> Line<T> clientBalancer(String use, Duration heldBack, Consumer<T> receiver) {
    return line(use, settings.clientBalancer(), heldBack, receiver);
  }

  /** One of the two directions between clients and workers. */
  <T> Line<T> clientWorker(String use, Consumer<T> receiver) {
    return line(use, settings.clientWorker(), Duration.ZERO, receiver);
  }

  /** From workers to balancers, for what is held back for a while before it is sent. */
  <T> Line<T> workerBalancer(String use, Duration heldBack, Consumer<T> receiver) {
    return line(use, settings.balancerWorker(), heldBack, receiver);
  }

  private <T> Line<T> line(String use, Leg leg, Duration heldBack, Consumer<T> receiver) {
    Duration constant = leg.delay().plus(heldBack);
    if (leg.jitter().isZero()) {
      return new DelayLine<>(agenda, constant, receiver);
    }
    RandomGenerator random = streams.of("network-" + use);
    double jitterNanos = leg.jitter().toNanos();
    return new JitteredLine<>(
        agenda,
        () -> constant.toNanos() + (long) (random.nextExponential() * jitterNanos),
        receiver);
  }
}
