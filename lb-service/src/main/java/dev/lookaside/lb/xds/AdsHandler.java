package dev.lookaside.lb.xds;

import dev.lookaside.limits.ReadableMessages;
import dev.lookaside.security.identity.Caller;
import dev.lookaside.security.rights.Judge;
import dev.lookaside.security.rights.LiveGrant;
import dev.lookaside.xds.v3.AggregatedDiscoveryServiceGrpc;
import dev.lookaside.xds.v3.DiscoveryRequest;
import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import java.util.Optional;

/**
 * The wire side of {@code envoy.service.discovery.v3.AggregatedDiscoveryService}. A client's next
 * request is not read before its last one is done with, so that it can ask no faster than it is
 * answered.
 */
public final class AdsHandler implements BindableService {
  private final Discovery discovery;
  private final Optional<Judge> judge;

  /**
   * @param judge empty if rights are not asked for
   */
  public AdsHandler(Discovery discovery, Optional<Judge> judge) {
    this.discovery = discovery;
    this.judge = judge;
  }

  @Override
  public ServerServiceDefinition bindService() {
    var method = AggregatedDiscoveryServiceGrpc.getStreamAggregatedResourcesMethod();
    return ReadableMessages.of(
        ServerServiceDefinition.builder(AggregatedDiscoveryServiceGrpc.SERVICE_NAME)
            .addMethod(
                method.toBuilder(method.getRequestMarshaller(), new EncodedResponse.Marshaller())
                    .build(),
                this::start)
            .build());
  }

  private ServerCall.Listener<DiscoveryRequest> start(
      ServerCall<DiscoveryRequest, EncodedResponse> call, Metadata headers) {
    Optional<LiveGrant> caller = judge.map(known -> known.follow(Caller.current()));
    AdsStream stream =
        discovery.newStream(
            call, service -> caller.flatMap(grant -> grant.now().refusalOf(service)));
    call.sendHeaders(new Metadata());
    discovery.audience().open(stream);
    return new Listener(stream);
  }

  private final class Listener extends ServerCall.Listener<DiscoveryRequest> {
    private final AdsStream stream;

    Listener(AdsStream stream) {
      this.stream = stream;
    }

    @Override
    public void onMessage(DiscoveryRequest request) {
      discovery.requested(stream, request);
    }

    @Override
    public void onReady() {
      discovery.audience().ready(stream);
    }

    @Override
    public void onHalfClose() {
      discovery.finished(stream);
    }

    @Override
    public void onCancel() {
      discovery.audience().gone(stream);
    }

    @Override
    public void onComplete() {
      discovery.audience().gone(stream);
    }
  }
}
