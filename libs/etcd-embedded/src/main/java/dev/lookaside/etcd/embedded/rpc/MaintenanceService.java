package dev.lookaside.etcd.embedded.rpc;

import dev.lookaside.etcd.embedded.store.Store;
import dev.lookaside.etcd.embedded.wire.Identity;
import io.etcd.jetcd.api.MaintenanceGrpc;
import io.etcd.jetcd.api.StatusRequest;
import io.etcd.jetcd.api.StatusResponse;
import io.grpc.stub.StreamObserver;

/** Says how this member is. */
public final class MaintenanceService extends MaintenanceGrpc.MaintenanceImplBase {
  /** The version whose behaviour is followed, and that it is not that. */
  private static final String VERSION = "3.4.0-embedded";

  private final Store store;
  private final Identity identity;

  public MaintenanceService(Store store, Identity identity) {
    this.store = store;
    this.identity = identity;
  }

  @Override
  public void status(StatusRequest request, StreamObserver<StatusResponse> caller) {
    Answer.to(
        caller,
        () -> {
          long revision = store.revision();
          long bytes = store.bytes();
          return StatusResponse.newBuilder()
              .setHeader(identity.header(revision))
              .setVersion(VERSION)
              .setDbSize(bytes)
              .setDbSizeInUse(bytes)
              .setLeader(identity.memberId())
              .setRaftIndex(revision)
              .setRaftAppliedIndex(revision)
              .setRaftTerm(Identity.TERM)
              .build();
        });
  }
}
