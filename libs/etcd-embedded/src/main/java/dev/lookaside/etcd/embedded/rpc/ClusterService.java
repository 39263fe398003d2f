package dev.lookaside.etcd.embedded.rpc;

import dev.lookaside.etcd.embedded.store.Store;
import dev.lookaside.etcd.embedded.wire.Identity;
import io.etcd.jetcd.api.ClusterGrpc;
import io.etcd.jetcd.api.MemberListRequest;
import io.etcd.jetcd.api.MemberListResponse;
import io.grpc.stub.StreamObserver;
import java.net.URI;
import java.util.function.Supplier;

/** Lists the one member. */
public final class ClusterService extends ClusterGrpc.ClusterImplBase {
  private final Store store;
  private final Identity identity;
  private final Supplier<URI> clientUri;

  public ClusterService(Store store, Identity identity, Supplier<URI> clientUri) {
    this.store = store;
    this.identity = identity;
    this.clientUri = clientUri;
  }

  @Override
  public void memberList(MemberListRequest request, StreamObserver<MemberListResponse> caller) {
    Answer.to(
        caller,
        () -> {
          MemberListResponse.Builder answer =
              MemberListResponse.newBuilder().setHeader(identity.header(store.revision()));
          answer
              .addMembersBuilder()
              .setID(identity.memberId())
              .setName("embedded")
              .addClientURLs(clientUri.get().toString());
          return answer.build();
        });
  }
}
