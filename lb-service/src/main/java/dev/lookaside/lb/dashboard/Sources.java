package dev.lookaside.lb.dashboard;

import dev.lookaside.core.balancer.Balancer;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.load.LoadView;
import dev.lookaside.lb.dashboard.DashboardState.OtherBalancer;
import dev.lookaside.lb.dashboard.DashboardState.Subscriber;
import dev.lookaside.lb.dashboard.DashboardState.Subscribers;
import dev.lookaside.lb.registry.Balancers;
import dev.lookaside.lb.registry.RegistryAge;
import dev.lookaside.lb.report.CallTotals;
import dev.lookaside.lb.subscribe.Census;
import dev.lookaside.registry.view.RegistryView;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/**
 * Where a look reads from.
 *
 * @param view the latest of the registry
 * @param configuredPolicyOf the policy of a service if operators decide nothing
 * @param picks how often this balancer picked an endpoint so far
 * @param calls what clients reported of a service so far
 */
public record Sources(
    Supplier<RegistryView> view,
    UnaryOperator<String> configuredPolicyOf,
    Balancer balancer,
    LoadView loads,
    ToLongFunction<Endpoint> picks,
    Function<String, CallTotals> calls,
    RegistryAge age,
    Balancers known,
    LastCensus census) {

  DashboardState.Registry registry() {
    return new DashboardState.Registry(
        age.word(),
        age.age().map(Duration::toMillis).map(millis -> (long) Rounded.age(millis)).orElse(null));
  }

  List<OtherBalancer> balancers() {
    return known.registered().endpoints().stream()
        .map(endpoint ->
            new OtherBalancer(
                endpoint.id(),
                endpoint.address().toString(),
                endpoint.state().name().toLowerCase(Locale.ROOT),
                PageLink.of(endpoint).orElse(null),
                known.own().filter(endpoint.address()::equals).isPresent()))
        .toList();
  }

  Subscribers subscribers() {
    Census latest = census.next();
    return new Subscribers(
        latest.services(), latest.noted().stream().map(Sources::subscriber).toList());
  }

  private static Subscriber subscriber(Census.One one) {
    return new Subscriber(
        one.client(),
        one.address(),
        one.service(),
        one.version(),
        one.standing().name().toLowerCase(Locale.ROOT),
        one.loadInterval().map(Duration::toMillis).orElse(null));
  }
}
