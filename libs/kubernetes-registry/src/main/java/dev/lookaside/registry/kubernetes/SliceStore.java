package dev.lookaside.registry.kubernetes;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.List;
import java.util.function.Consumer;

/** What is asked of an API server. */
interface SliceStore extends AutoCloseable {

  /**
   * All slices, read page by page; blocks.
   *
   * @param page takes each page as it comes
   * @return the resource version that the list is of
   */
  long list(Consumer<List<EndpointSlice>> page) throws SliceFailure, InterruptedException;

  /** Follows changes after a resource version, until it is closed or says that it ended. */
  AutoCloseable watch(long after, Sink sink) throws SliceFailure, InterruptedException;

  @Override
  void close();

  /** Hears a watch, on any thread; must not block. */
  interface Sink {

    void put(EndpointSlice slice);

    void delete(EndpointSlice slice);

    /** Nothing changed up to here. */
    void bookmark(long resourceVersion);

    void ended(SliceFailure failure);
  }
}
