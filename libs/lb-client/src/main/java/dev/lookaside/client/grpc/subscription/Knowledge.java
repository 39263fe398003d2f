package dev.lookaside.client.grpc.subscription;

import dev.lookaside.core.load.LoadReport;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.v1.CatchUp;
import dev.lookaside.v1.LoadUpdate;
import dev.lookaside.v1.RegistryView;
import dev.lookaside.v1.SubscribeRequest;
import dev.lookaside.v1.Table;
import dev.lookaside.v1.TableDelta;
import dev.lookaside.wire.LoadCodec;
import dev.lookaside.wire.ViewCodec;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one service, from whoever said it: its table, the state of the registry that it
 * is of, and the view that channels go by. It outlives the balancers. In one synchronization
 * context.
 */
final class Knowledge {
  private final String service;
  private final Vantage vantage;
  private final LoadTracker loads;
  private final Ticker ticker;
  private final BooleanSupplier hasChoice;
  private @Nullable KnownTable table;
  private @Nullable KnownView registry;
  private @Nullable ServiceView view;
  private boolean resumable;

  /**
   * Nothing is known.
   *
   * @param hasChoice whether another balancer may know more; if not, an older view is better than
   *     none
   */
  Knowledge(
      String service,
      Vantage vantage,
      LoadTracker loads,
      Ticker ticker,
      BooleanSupplier hasChoice) {
    this.service = service;
    this.vantage = vantage;
    this.loads = loads;
    this.ticker = ticker;
    this.hasChoice = hasChoice;
  }

  boolean isEmpty() {
    return table == null;
  }

  /** Says in a request from where to go on. */
  void resume(SubscribeRequest.Builder request) {
    KnownTable from = table;
    if (from != null && resumable) {
      request.setHave(from.version());
      if (registry != null) {
        request.setHaveView(ViewCodec.write(registry.view()));
      }
    }
  }

  /** As a balancer would give it. */
  Optional<Table> toWire() {
    return Optional.ofNullable(table)
        .map(from -> {
          Table.Builder wire = from.toWire();
          if (registry != null) {
            wire.setView(ViewCodec.write(registry.view()));
          }
          return wire.build();
        });
  }

  /**
   * Takes a table; gives the new view, if it differs from the one before.
   *
   * @param source who said so, in words
   */
  Optional<ServiceView> learn(Table whole, String source) {
    Optional<KnownView> seen = known(whole.getView());
    seen.ifPresent(this::refuseIfOlder);
    table = new KnownTable(service, vantage, whole);
    registry = seen.orElse(null);
    resumable = true;
    return newView(table, source);
  }

  /** Takes the difference to the table of another balancer. */
  Optional<ServiceView> learn(CatchUp catchUp, String source) {
    Table have =
        toWire()
            .orElseThrow(
                () -> new IllegalArgumentException("catch-up came first (expected: a table)"));
    known(catchUp.getView()).ifPresent(this::refuseIfOlder);
    // A table that its changes do not fit is not the one to resume from.
    resumable = false;
    return learn(CatchUps.apply(have, catchUp), source);
  }

  Optional<ServiceView> learn(TableDelta delta, String source) {
    if (table == null) {
      throw new IllegalArgumentException("delta came first (expected: a table)");
    }
    resumable = false;
    table.apply(delta, ticker.nanos());
    resumable = true;
    return newView(table, source);
  }

  /** The table is of this state of the registry by now. */
  void confirmed(RegistryView newer) {
    known(newer).ifPresent(now -> registry = now);
  }

  private Optional<KnownView> known(RegistryView wire) {
    return ViewCodec.read(wire).map(seen -> KnownView.of(seen, ticker.nanos()));
  }

  private void refuseIfOlder(KnownView offered) {
    KnownView held = registry;
    if (held != null && offered.isOlderThan(held) && hasChoice.getAsBoolean()) {
      throw new IllegalArgumentException(
          "its table is of %s, which is older than what is known (expected: %s or later)"
              .formatted(offered, held));
    }
  }

  private Optional<ServiceView> newView(KnownTable from, String source) {
    ServiceView before = view;
    ServiceView now = from.view(source);
    if (before != null && now.saysTheSameAs(before)) {
      return Optional.empty();
    }
    view = now;
    loads.update(now.table());
    return Optional.of(now);
  }

  /** Notes the loads of the endpoints of the view. */
  void learn(LoadUpdate update) {
    LoadCodec.read(
        update,
        ticker.nanos(),
        (number, report) -> find(number).ifPresent(ranked -> note(ranked, report)));
  }

  private Optional<Ranked> find(int number) {
    KnownTable from = table;
    ServiceView seen = view;
    return from == null || seen == null
        ? Optional.empty()
        : from.find(number).filter(r -> seen.table().find(r.endpoint().id()).isPresent());
  }

  private void note(Ranked ranked, LoadReport report) {
    if (ranked.isOlderThan(report.takenAtNanos())) {
      loads.reported(ranked.endpoint(), report);
    }
  }
}
