package dev.lookaside.etcd.embedded.rpc;

import dev.lookaside.etcd.embedded.store.Store;
import dev.lookaside.etcd.embedded.wire.Identity;
import io.etcd.jetcd.api.CompactionRequest;
import io.etcd.jetcd.api.CompactionResponse;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.DeleteRangeResponse;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.PutResponse;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import io.grpc.stub.StreamObserver;

/** Reading and writing keys. */
public final class KvService extends KVGrpc.KVImplBase {
  private final Store store;
  private final Identity identity;
  private final KvOperations operations;

  public KvService(Store store, Identity identity) {
    this.store = store;
    this.identity = identity;
    this.operations = new KvOperations(identity);
  }

  @Override
  public void range(RangeRequest request, StreamObserver<RangeResponse> caller) {
    Answer.to(caller, () -> store.apply(transaction -> operations.range(transaction, request)));
  }

  @Override
  public void put(PutRequest request, StreamObserver<PutResponse> caller) {
    Answer.to(
        caller,
        () -> {
          Answer.requireSmall(request);
          return store.apply(transaction -> operations.put(transaction, request));
        });
  }

  @Override
  public void deleteRange(DeleteRangeRequest request, StreamObserver<DeleteRangeResponse> caller) {
    Answer.to(caller, () -> store.apply(transaction -> operations.delete(transaction, request)));
  }

  @Override
  public void txn(TxnRequest request, StreamObserver<TxnResponse> caller) {
    Answer.to(
        caller,
        () -> {
          Answer.requireSmall(request);
          TxnRules.check(request);
          return store.apply(transaction -> operations.txn(transaction, request));
        });
  }

  @Override
  public void compact(CompactionRequest request, StreamObserver<CompactionResponse> caller) {
    Answer.to(
        caller,
        () ->
            store.apply(transaction -> {
              transaction.compact(request.getRevision());
              return CompactionResponse.newBuilder()
                  .setHeader(identity.header(transaction.revision()))
                  .build();
            }));
  }
}
