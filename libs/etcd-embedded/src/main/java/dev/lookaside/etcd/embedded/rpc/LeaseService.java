package dev.lookaside.etcd.embedded.rpc;

import dev.lookaside.etcd.embedded.store.LeaseStatus;
import dev.lookaside.etcd.embedded.store.Leases;
import dev.lookaside.etcd.embedded.store.Store;
import dev.lookaside.etcd.embedded.wire.Identity;
import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseGrantResponse;
import io.etcd.jetcd.api.LeaseGrpc;
import io.etcd.jetcd.api.LeaseKeepAliveRequest;
import io.etcd.jetcd.api.LeaseKeepAliveResponse;
import io.etcd.jetcd.api.LeaseRevokeRequest;
import io.etcd.jetcd.api.LeaseRevokeResponse;
import io.etcd.jetcd.api.LeaseTimeToLiveRequest;
import io.etcd.jetcd.api.LeaseTimeToLiveResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/** Granting, renewing and revoking leases. */
public final class LeaseService extends LeaseGrpc.LeaseImplBase {
  /** How etcd says in a time to live that there is no such lease; while renewing it says 0. */
  private static final long NO_SUCH_LEASE = -1;

  private final Store store;
  private final Leases leases;
  private final Identity identity;

  public LeaseService(Store store, Leases leases, Identity identity) {
    this.store = store;
    this.leases = leases;
    this.identity = identity;
  }

  @Override
  public void leaseGrant(LeaseGrantRequest request, StreamObserver<LeaseGrantResponse> caller) {
    Answer.to(
        caller,
        () -> {
          LeaseStatus lease = leases.grant(request.getID(), request.getTTL());
          return LeaseGrantResponse.newBuilder()
              .setHeader(identity.header(lease.revision()))
              .setID(lease.id())
              .setTTL(lease.grantedSeconds())
              .build();
        });
  }

  @Override
  public void leaseRevoke(LeaseRevokeRequest request, StreamObserver<LeaseRevokeResponse> caller) {
    Answer.to(
        caller,
        () ->
            LeaseRevokeResponse.newBuilder()
                .setHeader(identity.header(leases.revoke(request.getID())))
                .build());
  }

  @Override
  public StreamObserver<LeaseKeepAliveRequest> leaseKeepAlive(
      StreamObserver<LeaseKeepAliveResponse> caller) {
    ServerCallStreamObserver<LeaseKeepAliveResponse> call =
        (ServerCallStreamObserver<LeaseKeepAliveResponse>) caller;
    return new OneByOne<>(call, this::keepAlive);
  }

  private LeaseKeepAliveResponse keepAlive(LeaseKeepAliveRequest request) {
    return LeaseKeepAliveResponse.newBuilder()
        .setTTL(leases.renew(request.getID()).orElse(0))
        .setID(request.getID())
        .setHeader(identity.header(store.revision()))
        .build();
  }

  @Override
  public void leaseTimeToLive(
      LeaseTimeToLiveRequest request, StreamObserver<LeaseTimeToLiveResponse> caller) {
    Answer.to(
        caller,
        () ->
            leases
                .status(request.getID())
                .map(lease -> timeToLive(lease, request))
                .orElseGet(() ->
                    LeaseTimeToLiveResponse.newBuilder()
                        .setHeader(identity.header(store.revision()))
                        .setID(request.getID())
                        .setTTL(NO_SUCH_LEASE)
                        .build()));
  }

  private LeaseTimeToLiveResponse timeToLive(LeaseStatus lease, LeaseTimeToLiveRequest request) {
    LeaseTimeToLiveResponse.Builder answer =
        LeaseTimeToLiveResponse.newBuilder()
            .setHeader(identity.header(lease.revision()))
            .setID(lease.id())
            .setGrantedTTL(lease.grantedSeconds())
            .setTTL(lease.remainingSeconds());
    if (request.getKeys()) {
      answer.addAllKeys(lease.keys());
    }
    return answer.build();
  }
}
