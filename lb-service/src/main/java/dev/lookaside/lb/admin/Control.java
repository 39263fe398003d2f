package dev.lookaside.lb.admin;

import dev.lookaside.core.policy.Policies;
import dev.lookaside.registry.control.EndpointControl;
import dev.lookaside.registry.control.EndpointControl.Weighed;
import dev.lookaside.registry.control.Origin;
import dev.lookaside.registry.control.ServiceControl;
import dev.lookaside.registry.control.ServiceControl.Chosen;
import dev.lookaside.registry.control.ServiceControl.Lift;
import dev.lookaside.registry.view.RegistryView;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What operators decide: checked here, stored in etcd, and obeyed by every balancer as soon as its
 * watch tells of it, by this one too. Nothing here waits; a future fails with {@link Refused}.
 */
public final class Control {
  /** What is done to endpoints of a service by their ids alone, such as {@link #drain}. */
  @FunctionalInterface
  public interface OfEndpoints {
    CompletableFuture<Applied> make(String service, List<String> ids, Note note);
  }

  private final DecisionWriter writer;
  private final Known known;
  private final InstantSource clock;

  /**
   * @param registry the latest view of it
   */
  public Control(DecisionWriter writer, Supplier<RegistryView> registry, InstantSource clock) {
    this.writer = writer;
    this.known = new Known(registry);
    this.clock = clock;
  }

  /** Gives endpoints no new calls. */
  public CompletableFuture<Applied> drain(String service, List<String> ids, Note note) {
    return checked(() -> {
      known.requireEndpoints(service, ids);
      Origin origin = origin(note);
      return writer.write(
          "drain",
          service,
          String.join(", ", ids),
          note,
          each(
              ids,
              before ->
                  before.drained().isPresent() ? before : before.withDrained(Optional.of(origin))));
    });
  }

  /** Undoes {@link #drain}. */
  public CompletableFuture<Applied> undrain(String service, List<String> ids, Note note) {
    return checked(() -> {
      known.requireDecided(service, ids);
      var unused = origin(note);
      return writer.write(
          "undrain",
          service,
          String.join(", ", ids),
          note,
          each(ids, before -> before.withDrained(Optional.empty())));
    });
  }

  /** Gives endpoints another weight than they registered. */
  public CompletableFuture<Applied> setWeight(
      String service, List<String> ids, double weight, Note note) {
    return checked(() -> {
      Weighed weighed = new Weighed(weight, origin(note));
      known.requireEndpoints(service, ids);
      return writer.write(
          "weight",
          service,
          weight + " for " + String.join(", ", ids),
          note,
          each(
              ids,
              before ->
                  before.weight().filter(last -> last.value() == weight).isPresent()
                      ? before
                      : before.withWeight(Optional.of(weighed))));
    });
  }

  /** Undoes {@link #setWeight}. */
  public CompletableFuture<Applied> resetWeight(String service, List<String> ids, Note note) {
    return checked(() -> {
      known.requireDecided(service, ids);
      var unused = origin(note);
      return writer.write(
          "weight",
          service,
          "as registered for " + String.join(", ", ids),
          note,
          each(ids, before -> before.withWeight(Optional.empty())));
    });
  }

  /** Lets endpoints back that are ejected, on every balancer, once. */
  public CompletableFuture<Applied> liftEjection(String service, List<String> ids, Note note) {
    return checked(() -> {
      Known.requireCount(ids, ServiceControl.MOST_LIFTS);
      known.requireEndpoints(service, ids);
      Origin origin = origin(note);
      return writer.write(
          "lift",
          service,
          String.join(", ", ids),
          note,
          before -> {
            ServiceControl after = before;
            for (String id : ids) {
              after = after.withLift(new Lift(id, origin));
            }
            return after;
          });
    });
  }

  /** Picks by another policy than the balancers are configured with. */
  public CompletableFuture<Applied> setPolicy(String service, String policy, Note note) {
    return checked(() -> {
      Policies.requireKnown(policy);
      known.requireService(service);
      Chosen chosen = new Chosen(policy, origin(note));
      return writer.write(
          "policy",
          service,
          policy,
          note,
          before ->
              before.policy().filter(last -> last.policy().equals(policy)).isPresent()
                  ? before
                  : before.withPolicy(Optional.of(chosen)));
    });
  }

  /** Undoes {@link #setPolicy}. */
  public CompletableFuture<Applied> resetPolicy(String service, Note note) {
    return checked(() -> {
      known.requireService(service);
      var unused = origin(note);
      return writer.write(
          "policy", service, "as configured", note, before -> before.withPolicy(Optional.empty()));
    });
  }

  private Origin origin(Note note) {
    return new Origin(
        note.by(), note.proof(), clock.instant().truncatedTo(ChronoUnit.MILLIS), note.why());
  }

  private static UnaryOperator<ServiceControl> each(
      List<String> ids, UnaryOperator<EndpointControl> change) {
    return before -> {
      ServiceControl after = before;
      for (String id : ids) {
        after = after.with(id, change.apply(after.of(id)));
      }
      return after;
    };
  }

  /** What is wrong with a request is told in the same way, wherever it is found. */
  private static CompletableFuture<Applied> checked(Supplier<CompletableFuture<Applied>> change) {
    try {
      return change.get();
    } catch (Refused e) {
      return CompletableFuture.failedFuture(e);
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(
          new Refused(Refused.Kind.INVALID, String.valueOf(e.getMessage())));
    }
  }
}
