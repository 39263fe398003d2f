package dev.lookaside.simulator.run;

import dev.lookaside.core.time.Ticker;
import dev.lookaside.simulator.engine.Line;
import dev.lookaside.simulator.fleet.Request;
import dev.lookaside.simulator.scenario.OutcomeSettings;
import dev.lookaside.simulator.strategy.Outcome;
import dev.lookaside.simulator.strategy.Outcome.Status;
import dev.lookaside.simulator.strategy.Strategy;
import dev.lookaside.simulator.strategy.World;
import java.util.random.RandomGenerator;

/** Clients as far as they tell balancers how their attempts ended: most of them truly. */
final class Tellers {
  private final Ticker ticker;
  private final Strategy strategy;
  private final Line<Outcome> outcomes;
  private final double share;
  private final RandomGenerator chance;
  private final Lies lies;

  Tellers(World world, Network network, Strategy strategy) {
    OutcomeSettings settings = world.scenario().outcomes();
    this.ticker = world.agenda();
    this.strategy = strategy;
    this.outcomes = network.clientBalancer("outcomes", settings.delay(), strategy::ended);
    this.share = settings.share();
    this.chance = world.streams().of("outcome-choice");
    this.lies = new Lies(world.scenario().client().liars(), world.streams().of("lies"));
  }

  /** At the client: an attempt that was sent to a server has ended. */
  void tell(Request request, Status status) {
    strategy.left(request, status);
    if (share >= 1 || chance.nextDouble() < share) {
      Outcome outcome =
          new Outcome(
              request.balancer,
              request.client,
              request.server,
              request.incarnation,
              request.pickedNanos,
              ticker.nanos() - request.sentNanos,
              status);
      outcomes.send(lies.instead(outcome));
    }
  }
}
