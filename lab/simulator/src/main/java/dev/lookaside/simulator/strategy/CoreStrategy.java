package dev.lookaside.simulator.strategy;

import dev.lookaside.simulator.engine.Agenda;
import dev.lookaside.simulator.fleet.LoadSample;
import dev.lookaside.simulator.fleet.Member;
import dev.lookaside.simulator.fleet.Request;
import dev.lookaside.simulator.scenario.BalancerSettings;
import java.time.Duration;
import java.util.Arrays;

/** A policy run by one or more of the product's balancers, which do not see each other's picks. */
final class CoreStrategy implements Strategy {
  private static final long SWEEP_NANOS = Duration.ofMillis(250).toNanos();

  private final Agenda agenda;
  private final Agenda.Entry sweep;
  private final CoreBalancer[] balancers;

  CoreStrategy(World world, String policy) {
    BalancerSettings settings = world.scenario().balancers();
    agenda = world.agenda();
    sweep = agenda.register(this::sweep);
    balancers = new CoreBalancer[settings.count()];
    for (int i = 0; i < balancers.length; i++) {
      balancers[i] = CoreBalancer.reading(world, policy, world.streams().of("policy", i));
    }
    if (settings.shapesTraffic()) {
      sweep.at(SWEEP_NANOS);
    }
  }

  @Override
  public int pick(Request request) {
    return balancers[request.balancer].pick(request);
  }

  @Override
  public void reported(int balancer, LoadSample sample) {
    balancers[balancer].reported(sample);
  }

  @Override
  public void ended(Outcome outcome) {
    balancers[outcome.balancer()].ended(outcome);
  }

  @Override
  public void changed(Member member) {
    for (CoreBalancer balancer : balancers) {
      balancer.changed(member);
    }
  }

  @Override
  public int ejections() {
    return Arrays.stream(balancers).mapToInt(CoreBalancer::ejections).sum();
  }

  private void sweep() {
    for (CoreBalancer balancer : balancers) {
      balancer.sweep();
    }
    sweep.at(agenda.nanos() + SWEEP_NANOS);
  }
}
