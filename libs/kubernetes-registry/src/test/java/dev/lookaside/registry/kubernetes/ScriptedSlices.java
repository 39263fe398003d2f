package dev.lookaside.registry.kubernetes;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** An API server that does as it is told, in the thread of who tells. */
final class ScriptedSlices implements SliceStore {
  final List<String> asked = new ArrayList<>();
  final List<EndpointSlice> content = new ArrayList<>();
  long version = 10;
  Optional<SliceFailure> failure = Optional.empty();
  private Optional<Sink> sink = Optional.empty();

  @Override
  public long list(Consumer<List<EndpointSlice>> page) throws SliceFailure {
    asked.add("list");
    fail();
    page.accept(List.copyOf(content));
    return version;
  }

  @Override
  public AutoCloseable watch(long after, Sink watching) throws SliceFailure {
    asked.add("watch " + after);
    fail();
    sink = Optional.of(watching);
    return () -> asked.add("close");
  }

  Sink watcher() {
    return sink.orElseThrow();
  }

  private void fail() throws SliceFailure {
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  @Override
  public void close() {
    asked.add("end");
  }
}
