package dev.lookaside.registry.kubernetes;

import dev.lookaside.core.check.Printable;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A {@link SliceStore} over Fabric8's client. */
final class Fabric8Store implements SliceStore {
  private static final long PAGE = 500;

  /** The API server ends a watch then; a new one goes on where it was. */
  private static final long WATCH_SECONDS = 290;

  private static final int LONGEST_REASON = 200;

  private final KubernetesClient client;
  private final KubernetesSettings settings;

  Fabric8Store(KubernetesClient client, KubernetesSettings settings) {
    this.client = client;
    this.settings = settings;
  }

  @Override
  public long list(Consumer<List<EndpointSlice>> page) throws SliceFailure {
    String next = "";
    try {
      while (true) {
        EndpointSliceList list = slices().list(page(next));
        if (list == null || list.getMetadata() == null) {
          throw new SliceFailure(
              SliceFailure.Kind.UNAVAILABLE, "the list is empty (expected: an EndpointSliceList)");
        }
        page.accept(list.getItems());
        next = list.getMetadata().getContinue();
        if (next == null || next.isEmpty()) {
          return ResourceVersions.parse(list.getMetadata().getResourceVersion());
        }
      }
    } catch (KubernetesClientException e) {
      throw failure(e);
    }
  }

  private static ListOptions page(String next) {
    ListOptionsBuilder options = new ListOptionsBuilder().withLimit(PAGE);
    return next.isEmpty() ? options.build() : options.withContinue(next).build();
  }

  @Override
  public AutoCloseable watch(long after, Sink sink) throws SliceFailure {
    ListOptions options =
        new ListOptionsBuilder()
            .withResourceVersion(Long.toString(after))
            .withAllowWatchBookmarks(true)
            .withTimeoutSeconds(WATCH_SECONDS)
            .build();
    try {
      return slices().watch(options, new Ear(sink));
    } catch (KubernetesClientException e) {
      throw failure(e);
    }
  }

  private FilterWatchListDeletable<EndpointSlice, EndpointSliceList, Resource<EndpointSlice>>
      slices() {
    var all = client.discovery().v1().endpointSlices();
    var own = settings.namespace().isEmpty() ? all : all.inNamespace(settings.namespace());
    return own.withLabelSelector(settings.selector());
  }

  private static SliceFailure failure(KubernetesClientException e) {
    return new SliceFailure(kind(e.getCode()), text(e));
  }

  private static SliceFailure.Kind kind(int code) {
    return switch (code) {
      case HttpURLConnection.HTTP_GONE -> SliceFailure.Kind.GONE;
      case HttpURLConnection.HTTP_UNAUTHORIZED, HttpURLConnection.HTTP_FORBIDDEN ->
          SliceFailure.Kind.DENIED;
      default -> SliceFailure.Kind.UNAVAILABLE;
    };
  }

  /** The innermost cause says most; its first line, fit for a log. */
  private static String text(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause.getCause() != null && depth < 10; depth++) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    String said = message == null || message.isBlank() ? cause.toString() : message;
    return Printable.of(said.lines().findFirst().orElse(said), LONGEST_REASON);
  }

  @Override
  public void close() {
    client.close();
  }

  private record Ear(Sink sink) implements Watcher<EndpointSlice> {

    @Override
    public void eventReceived(Action action, @Nullable EndpointSlice slice) {
      if (slice == null) {
        return;
      }
      switch (action) {
        case ADDED, MODIFIED -> sink.put(slice);
        case DELETED -> sink.delete(slice);
        case BOOKMARK ->
            sink.bookmark(ResourceVersions.parse(slice.getMetadata().getResourceVersion()));
        case ERROR ->
            sink.ended(new SliceFailure(SliceFailure.Kind.UNAVAILABLE, "the watch met an error"));
      }
    }

    @Override
    public void onClose() {
      sink.ended(new SliceFailure(SliceFailure.Kind.UNAVAILABLE, "the watch was closed"));
    }

    @Override
    public void onClose(WatcherException cause) {
      SliceFailure.Kind kind =
          cause.isHttpGone() ? SliceFailure.Kind.GONE : SliceFailure.Kind.UNAVAILABLE;
      sink.ended(new SliceFailure(kind, text(cause)));
    }
  }
}
