package dev.lookaside.client.grpc;

import dev.lookaside.client.grpc.balancing.ChannelState;
import dev.lookaside.client.grpc.balancing.EndpointAddresses;
import dev.lookaside.client.grpc.subscription.ServiceView;
import dev.lookaside.client.grpc.subscription.Subscription;
import io.grpc.Attributes;
import io.grpc.NameResolver;
import io.grpc.Status;
import io.grpc.StatusOr;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/** Resolves one service by a subscription, and hands over every new view of it. */
final class LookasideNameResolver extends NameResolver {
  private final String service;
  private final ClientSettings settings;
  private final SharedSubscriptions subscriptions;
  private final Args args;
  private @Nullable ToChannel channel;

  LookasideNameResolver(
      String service, ClientSettings settings, SharedSubscriptions subscriptions, Args args) {
    this.service = service;
    this.settings = settings;
    this.subscriptions = subscriptions;
    this.args = args;
  }

  /** Endpoints that use TLS prove that they are this service. */
  @Override
  public String getServiceAuthority() {
    return URLEncoder.encode(service, StandardCharsets.UTF_8);
  }

  @Override
  public void start(Listener2 listener) {
    channel = new ToChannel(listener, serviceConfig(), subscriptions.join(service, settings));
    channel.begin();
  }

  private ConfigOrError serviceConfig() {
    return args.getServiceConfigParser()
        .parseServiceConfig(
            new DefaultServiceConfig(settings.policy(), settings.maxAttempts()).toJson());
  }

  @Override
  public void refresh() {
    if (channel != null) {
      channel.subscription().retryNow();
    }
  }

  @Override
  public void shutdown() {
    if (channel != null) {
      channel.end();
      channel = null;
    }
  }

  private Executor offload() {
    return Optional.ofNullable(args.getOffloadExecutor()).orElseGet(ForkJoinPool::commonPool);
  }

  /** Hands over what the subscription learns. */
  private final class ToChannel implements Subscription.Listener {
    private final Listener2 listener;
    private final ConfigOrError serviceConfig;
    private final SharedSubscriptions.Membership membership;
    private final EndpointAddresses addresses =
        new EndpointAddresses(offload(), args.getSynchronizationContext(), this::deliver);
    private @Nullable ServiceView view;

    ToChannel(
        Listener2 listener,
        ConfigOrError serviceConfig,
        SharedSubscriptions.Membership membership) {
      this.listener = listener;
      this.serviceConfig = serviceConfig;
      this.membership = membership;
    }

    Subscription subscription() {
      return membership.share().subscription();
    }

    void begin() {
      subscription().add(this);
    }

    void end() {
      subscription().remove(this);
      membership.close();
    }

    @Override
    public void updated(ServiceView newer) {
      args.getSynchronizationContext()
          .execute(() -> {
            view = newer;
            deliver();
          });
    }

    private void deliver() {
      ServiceView current = view;
      if (current != null && channel == this) {
        var unused =
            listener.onResult2(
                ResolutionResult.newBuilder()
                    .setAddressesOrError(StatusOr.fromValue(addresses.of(current)))
                    .setServiceConfig(serviceConfig)
                    .setAttributes(
                        Attributes.newBuilder().set(ChannelState.KEY, state(current)).build())
                    .build());
      }
    }

    @Override
    public void unavailable(Status status) {
      listener.onError(status);
    }

    private ChannelState state(ServiceView view) {
      Share share = membership.share();
      return new ChannelState(
          view,
          share.loads(),
          settings.statsInterval().isZero() ? Optional.empty() : Optional.of(share.tallies()));
    }
  }
}
