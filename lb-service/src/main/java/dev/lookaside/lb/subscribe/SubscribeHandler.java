package dev.lookaside.lb.subscribe;

import dev.lookaside.lb.rpc.Peers;
import dev.lookaside.lb.rpc.Refusals;
import dev.lookaside.lb.rpc.ServiceNames;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.SubscribeRequest;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.StatusException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The wire side of a subscription: reads and checks the request on the transport's thread. */
public final class SubscribeHandler implements ServerCallHandler<SubscribeRequest, EncodedUpdate> {
  private static final int MAX_CLIENT_ID = 128;

  private final Subscriptions subscriptions;
  private final BooleanSupplier everSynced;
  private final Supplier<Optional<String>> overload;

  /**
   * A handler of the subscriptions to every service.
   *
   * @param everSynced whether the registry was read at least once
   * @param overload why no subscription can be taken now, if so
   */
  public SubscribeHandler(
      Subscriptions subscriptions,
      BooleanSupplier everSynced,
      Supplier<Optional<String>> overload) {
    this.subscriptions = subscriptions;
    this.overload = overload;
    this.everSynced = everSynced;
  }

  /** The method as a server takes it: its answers are encoded already. */
  public ServerMethodDefinition<SubscribeRequest, ?> method() {
    var method = LoadBalancerGrpc.getSubscribeMethod();
    return ServerMethodDefinition.create(
        method.toBuilder(method.getRequestMarshaller(), new EncodedUpdate.Marshaller()).build(),
        this);
  }

  @Override
  public ServerCall.Listener<SubscribeRequest> startCall(
      ServerCall<SubscribeRequest, EncodedUpdate> call, Metadata headers) {
    // Two, so that a second one, which is one too many, is seen.
    call.request(2);
    return new Listener(call);
  }

  private Subscriber read(
      ServerCall<SubscribeRequest, EncodedUpdate> call, SubscribeRequest request)
      throws StatusException {
    ServiceNames.require(request.getService());
    if (request.getClientId().length() > MAX_CLIENT_ID) {
      throw Refusals.invalid(
          "client_id has %d characters (expected: at most %d)"
              .formatted(request.getClientId().length(), MAX_CLIENT_ID));
    }
    if (request.getHave().getEpoch().length() > KnownState.MAX_EPOCH) {
      throw Refusals.invalid(
          "epoch has %d characters (expected: at most %d)"
              .formatted(request.getHave().getEpoch().length(), KnownState.MAX_EPOCH));
    }
    Optional<Duration> interval = LoadIntervals.of(request, subscriptions.limits().loadInterval());
    if (!everSynced.getAsBoolean()) {
      throw Refusals.notSynced();
    }
    Optional<String> complaint = overload.get();
    if (complaint.isPresent()) {
      throw Refusals.exhausted(complaint.get());
    }
    return new Subscriber(call, subscriptions.sent(), subscriptions.unsent(), request, interval);
  }

  /** Keeps nothing of the request once it is read. */
  private final class Listener extends ServerCall.Listener<SubscribeRequest> {
    private final ServerCall<SubscribeRequest, EncodedUpdate> call;
    private @Nullable SubscribeRequest request;
    private @Nullable Subscriber subscriber;

    Listener(ServerCall<SubscribeRequest, EncodedUpdate> call) {
      this.call = call;
    }

    @Override
    public void onMessage(SubscribeRequest message) {
      if (request != null) {
        call.close(Status.INVALID_ARGUMENT.withDescription("two requests"), new Metadata());
      }
      request = message;
    }

    @Override
    public void onHalfClose() {
      SubscribeRequest asked = request;
      request = null;
      if (asked == null) {
        call.close(Status.INVALID_ARGUMENT.withDescription("no request"), new Metadata());
        return;
      }
      try {
        Subscriber read = read(call, asked);
        subscriber = read;
        Peers.of(call).subscribed(read.service());
        subscriptions.audience().open(read);
      } catch (StatusException e) {
        call.close(e.getStatus(), trailers(e));
      }
    }

    @Override
    public void onReady() {
      if (subscriber != null) {
        subscriptions.audience().ready(subscriber);
      }
    }

    @Override
    public void onCancel() {
      if (subscriber != null) {
        Peers.of(call).unsubscribed(subscriber.service());
        subscriptions.audience().gone(subscriber);
      }
    }

    @Override
    public void onComplete() {
      onCancel();
    }
  }

  private static Metadata trailers(StatusException e) {
    return e.getTrailers() == null ? new Metadata() : e.getTrailers();
  }
}
