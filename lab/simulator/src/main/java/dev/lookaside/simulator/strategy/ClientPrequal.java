package dev.lookaside.simulator.strategy;

import dev.lookaside.core.policy.prequal.Prober;
import dev.lookaside.simulator.engine.DelayLine;
import dev.lookaside.simulator.fleet.Member;
import dev.lookaside.simulator.fleet.Request;
import java.util.HashMap;
import java.util.Map;

/**
 * Reference: Prequal as in its paper. Every client balances for itself, with a pool of its own that
 * probes by RPC fill; the policy is the product's.
 */
final class ClientPrequal implements Strategy {
  static final String NAME = "client-prequal";
  private static final String POLICY = "prequal";

  private final ServerProbes probes;
  private final CoreBalancer[] clients;
  private final Map<String, Integer> indexOf = new HashMap<>();

  ClientPrequal(World world) {
    this.probes = new ServerProbes(world);
    world.fleet().members().forEach(member -> indexOf.put(member.id(), member.index()));
    DelayLine<Prober.Target> asked =
        new DelayLine<>(world.agenda(), probes.roundTrip(), this::answer);
    this.clients = new CoreBalancer[world.scenario().client().count()];
    for (int i = 0; i < clients.length; i++) {
      clients[i] =
          CoreBalancer.probing(world, POLICY, world.streams().of("policy", i), asked::send);
    }
  }

  private void answer(Prober.Target target) {
    Integer server = indexOf.get(target.endpoint().id());
    if (server != null) {
      target.answered(probes.inFlight(server), probes.latencyNanos(server));
    }
  }

  @Override
  public Place place() {
    return Place.CLIENT;
  }

  @Override
  public int pick(Request request) {
    return clients[request.client].pick(request);
  }

  @Override
  public void left(Request request, Outcome.Status status) {
    if (status == Outcome.Status.OK) {
      probes.answered(request);
    }
  }

  @Override
  public void changed(Member member) {
    for (CoreBalancer client : clients) {
      client.changed(member);
    }
  }
}
