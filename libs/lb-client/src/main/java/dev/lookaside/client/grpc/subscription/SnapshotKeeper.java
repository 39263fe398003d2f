package dev.lookaside.client.grpc.subscription;

import dev.lookaside.v1.Table;
import io.grpc.SynchronizationContext;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Keeps the table of one service for a later start, and fetches that of an earlier one. Files are
 * read and written on a thread that may block; all else is in one synchronization context.
 */
final class SnapshotKeeper {
  private static final System.Logger LOG = System.getLogger(SnapshotKeeper.class.getName());

  private enum Fetching {
    NOT_BEGUN,
    GOING_ON,
    DONE
  }

  private final String service;
  private final Snapshots snapshots;
  private final Executor blocking;
  private final SynchronizationContext context;
  private Fetching fetching = Fetching.NOT_BEGUN;
  private boolean unsaved;

  SnapshotKeeper(
      String service, Snapshots snapshots, Executor blocking, SynchronizationContext context) {
    this.service = service;
    this.snapshots = snapshots;
    this.blocking = blocking;
    this.context = context;
  }

  /** Whether it is known what there is from earlier. */
  boolean isFetched() {
    return fetching == Fetching.DONE;
  }

  /** Fetches what there is from earlier, once. */
  void fetch(Consumer<Optional<Table>> fetched) {
    if (fetching == Fetching.NOT_BEGUN) {
      fetching = Fetching.GOING_ON;
      blocking.execute(() -> {
        Optional<Table> found = load();
        context.execute(() -> {
          fetching = Fetching.DONE;
          fetched.accept(found);
        });
      });
    }
  }

  private Optional<Table> load() {
    try {
      return snapshots.load(service);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "the snapshot is ignored: {0}", Reasons.of(e));
      return Optional.empty();
    }
  }

  /** There is something new to keep. */
  void changed() {
    unsaved = true;
  }

  void saveIfChanged(Supplier<Optional<Table>> table) {
    if (unsaved) {
      unsaved = false;
      table.get().ifPresent(now -> blocking.execute(() -> snapshots.save(service, now)));
    }
  }
}
